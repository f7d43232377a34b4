package dev.germline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.server.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @TempDir Path home;

  private CommandLineRun run(String... arguments) {
    return CommandLineRun.of(home, Map.of(), arguments);
  }

  @Test
  void helpNamesEveryCommandAndExitCode() {
    CommandLineRun help = run("--help");
    assertThat(help.exit()).isZero();
    assertThat(help.out())
        .contains("push", "pull", "lineage", "verify", "fsck", "tour", "Exit codes:", "130")
        .doesNotContain("rehearse");
    assertThat(help.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "push",
        "pull",
        "fetch",
        "show",
        "list",
        "du",
        "lineage",
        "edges",
        "siblings",
        "common",
        "path",
        "diff",
        "blast",
        "dead-ends",
        "pins",
        "claim",
        "proof",
        "verify",
        "log",
        "key",
        "fsck",
        "graph",
        "scrub",
        "keys",
        "token",
        "tour",
        "claims",
        "find",
        "validate",
        "contribute",
        "submissions",
        "dependents",
        "yank",
        "revoke",
        "revoked-reads",
        "restore"
      })
  void everyCommandExplainsItselfAndItsExitCodes(String command) {
    CommandLineRun help = run(command, "--help");
    assertThat(help.exit()).isZero();
    assertThat(help.out()).contains("germline " + command, "--json", "Exit codes:");
  }

  @Test
  void wrongUsageIsOneLineAHintAndTwo() {
    CommandLineRun wrong = run("shwo");
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.out()).isEmpty();
    assertThat(wrong.err()).contains("shwo").contains("did you mean: show?");
    assertThat(wrong.err().lines()).hasSize(2);
    assertThat(run("show", "--server=http://x").exit()).isEqualTo(2);
    assertThat(run("show", "not-a-name", "--server=http://x").exit()).isEqualTo(2);
    assertThat(run("show", "a/b@1.0.0", "--server=ftp://x").exit()).isEqualTo(2);
    assertThat(run().exit()).isEqualTo(2);
  }

  @Test
  void withoutAServerTheHintSaysHowToStartOne() {
    CommandLineRun none = run("list");
    assertThat(none.exit()).isEqualTo(4);
    assertThat(none.err()).contains("not running", home.toString(), "germline up");
  }

  @Test
  void aServerThatIsGoneIsUnreachable() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Files.createDirectories(home.resolve(".germline"));
    Files.writeString(
        home.resolve(".germline/server.json"), "{\"url\":\"http://127.0.0.1:" + port + "\"}");
    CommandLineRun gone = run("show", "a/b@1.0.0");
    assertThat(gone.exit()).isEqualTo(4);
    assertThat(gone.err()).contains("no server answers at http://127.0.0.1:" + port);
    assertThat(gone.err().lines()).hasSize(2);
  }

  @Test
  void refusalsAreThreeAndFailuresOfTheServerFour() throws IOException {
    try (FakeRegistry registry = new FakeRegistry()) {
      CommandLineRun refused = run("show", "a/b@1.0.0", "--server=" + registry.url());
      assertThat(refused.exit()).isEqualTo(3);
      assertThat(refused.err()).contains("LAYER_NOT_FOUND").contains("hint: ");
      registry.unavailable.set(1);
      CommandLineRun failed = run("show", "a/b@1.0.0", "--server=" + registry.url());
      assertThat(failed.exit()).isEqualTo(4);
      assertThat(failed.err()).contains("not now (STORE_UNAVAILABLE)");
    }
  }

  @Test
  void withJsonErrorsAreJsonTooAndNothingIsOnStandardOutput() throws IOException {
    try (FakeRegistry registry = new FakeRegistry()) {
      CommandLineRun refused = run("show", "a/b@1.0.0", "--json", "--server=" + registry.url());
      assertThat(refused.out()).isEmpty();
      JsonNode error = Json.read(refused.err().getBytes(StandardCharsets.UTF_8)).path("error");
      assertThat(error.path("exitCode").asInt()).isEqualTo(3);
      assertThat(error.at("/problem/code").asText()).isEqualTo("LAYER_NOT_FOUND");
    }
  }

  @Test
  void anotherServerNeverGetsTheTokenOfThisMachine() throws IOException {
    Files.createDirectories(home.resolve(".germline"));
    Files.writeString(home.resolve(".germline/admin.token"), "secret\n");
    try (FakeRegistry registry = new FakeRegistry()) {
      run("show", "a/b@1.0.0", "--server=" + registry.url());
      assertThat(registry.authorizations).containsOnly("");
      CommandLineRun.of(
          home,
          Map.of("GERMLINE_TOKEN", "mine"),
          "show",
          "a/b@1.0.0",
          "--server=" + registry.url());
      assertThat(registry.authorizations).endsWith("Bearer mine");
      Files.writeString(
          home.resolve(".germline/server.json"), "{\"url\":\"" + registry.url() + "\"}");
      run("show", "a/b@1.0.0");
      assertThat(registry.authorizations).endsWith("Bearer secret");
    }
  }

  @Test
  void theRehearsalNeedsNothingAndEndsWell() {
    CommandLineRun rehearsed = run("rehearse");
    assertThat(rehearsed.exit()).isZero();
    assertThat(rehearsed.out() + rehearsed.err()).isEmpty();
  }
}
