package dev.germline.cli.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.cli.CommandLineRun;
import dev.germline.cli.FakeRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shown to whoever takes a layer back, and of what was read of it then. */
class WithdrawingTest {
  private static final String IMPACT =
      """
      {"layers":1,"owners":1,"complete":true,
       "nearest":[{"layer":"a/c@1.0.0","creator":"bob","distance":1,"required":true}],
       "assemblies":2,"holding":[
         {"assembly":"a/mia@1.0.0","creator":"cy","layer":"a/b@1.0.0","distance":0},
         {"assembly":"a/max@1.0.0","creator":"dee","layer":"a/c@1.0.0","distance":1}]}\
      """;

  @TempDir Path home;
  private final FakeRegistry registry;

  WithdrawingTest() throws IOException {
    registry = new FakeRegistry();
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private CommandLineRun run(String command, String... more) {
    String[] arguments = new String[more.length + 2];
    arguments[0] = command;
    arguments[1] = "--server=" + registry.url();
    System.arraycopy(more, 0, arguments, 2, more.length);
    CommandLineRun run = CommandLineRun.of(home, Map.of(), arguments);
    assertThat(run.exit()).as(run.err()).isZero();
    return run;
  }

  @Test
  void aRevocationNamesTheAssembliesThatItHits() {
    registry.answers.put("/api/v1/claims", "{\"id\":\"7\",\"impact\":" + IMPACT + "}");
    assertThat(run("revoke", "a/b@1.0.0", "leaks").out())
        .contains("1 layers of 1 owners stand on it", "a/c@1.0.0", "directly")
        .contains("2 assemblies have it or one of these", "a/mia@1.0.0", "has it", "has a/c@1.0.0");
  }

  @Test
  void dependentsAndAssembliesAreListedTogether() {
    registry.answers.put("/api/v1/layers/a/b/1.0.0/dependents", "{\"items\":[]}");
    registry.answers.put("/api/v1/layers/a/b/1.0.0/impact", IMPACT);
    CommandLineRun run = run("dependents", "a/b@1.0.0");
    assertThat(run.out()).contains("a/mia@1.0.0", "assembly", "assembly of a/c@1.0.0", "dee");
    assertThat(run.err()).contains("no layer that you may see depends on it");
    assertThat(run("dependents", "a/b@1.0.0", "--json").out()).contains("\"assemblies\":2");
  }

  @Test
  void readsOfWhatWasRevokedAreListed() {
    registry.answers.put("/api/v1/revoked-reads", "{\"items\":[]}");
    assertThat(run("revoked-reads", "a/b@1.0.0").err()).contains("nobody was handed bytes");
    registry.answers.put(
        "/api/v1/revoked-reads",
        """
        {"items":[{"layer":"a/b@1.0.0","reader":"bob","what":"file m.safetensors",
          "firstAt":"2026-03-03T00:00:00Z","lastAt":"2026-03-03T01:00:00Z","requests":12}]}\
        """);
    assertThat(run("revoked-reads").out()).contains("bob", "file m.safetensors", "12 requests");
  }

  @Test
  void deadEndsAreAskedOnUntilThereAreEnough() {
    registry.answers.put(
        "/api/v1/lineage/dead-ends",
        "{\"items\":[{\"layer\":{\"name\":\"a/b@1.0.0\",\"type\":\"lora\"}}],\"nextAfter\":\"a/b@1.0.0\"}");
    CommandLineRun run = run("dead-ends", "--unused-since=2026-01-01T00:00:00Z", "--limit=3");
    assertThat(run.out().lines()).hasSize(3);
    assertThat(run.err()).contains("more: --after a/b@1.0.0");
    assertThat(registry.log).hasSize(3);
  }
}
