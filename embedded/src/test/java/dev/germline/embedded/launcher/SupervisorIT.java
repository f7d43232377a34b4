package dev.germline.embedded.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.germline.embedded.launcher.State.PartState;
import dev.germline.embedded.launcher.State.Phase;
import dev.germline.embedded.stores.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorIT {
  @TempDir Path temp;

  private Process supervisor;
  private Path output;

  @BeforeEach
  void start() throws IOException {
    output = temp.resolve("output.txt");
    supervisor =
        new ProcessBuilder(
                // Who runs tests in the background of a script ignores Ctrl-C, and so would this.
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dgermline.root=" + System.getProperty("germline.root"),
                "-cp",
                System.getProperty("java.class.path"),
                QuickSet.class.getName(),
                data().toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    await().atMost(Duration.ofSeconds(60)).until(() -> phase(Phase.READY) || !supervisor.isAlive());
    assertThat(supervisor.isAlive()).as(Files.readString(output)).isTrue();
  }

  @AfterEach
  void end() throws InterruptedException {
    supervisor.destroy();
    if (!supervisor.waitFor(15, TimeUnit.SECONDS)) {
      supervisor.destroyForcibly();
    }
  }

  @Test
  void downStopsEverythingWithinTenSeconds() throws Exception {
    List<ProcessHandle> children = children();
    assertThat(run("status", "--data", data().toString())).isZero();

    long start = System.nanoTime();
    assertThat(run("down", "--data", data().toString())).isZero();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    assertThat(supervisor.waitFor()).isZero();
    assertThat(children).hasSize(2).noneMatch(ProcessHandle::isAlive);
    assertThat(run("status", "--data", data().toString())).isEqualTo(3);
    assertThat(Files.readString(output)).contains("MariaDB", "ready in", "stopped in");
  }

  @Test
  void ctrlCStopsEverythingWithinTenSeconds() throws Exception {
    List<ProcessHandle> children = children();
    long start = System.nanoTime();

    new ProcessBuilder("kill", "-INT", Long.toString(supervisor.pid())).start().waitFor();

    assertThat(supervisor.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    assertThat(supervisor.exitValue()).isZero();
    assertThat(children).hasSize(2).noneMatch(ProcessHandle::isAlive);
    assertThat(State.running(data())).isEmpty();
    assertThat(Files.readString(output)).contains("stopped in");
  }

  @Test
  void childrenEndWhenTheSupervisorIsKilled() {
    List<ProcessHandle> children = children();
    supervisor.destroyForcibly();
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
    assertThat(run("down", "--data", data().toString())).isZero();
  }

  @Test
  void aPartThatEndsIsNamedAndStartedAgainButNotForEver() throws Exception {
    for (int restart = 1; restart <= Supervisor.MOST_RESTARTS; restart++) {
      kill(Part.S3);
      int expected = restart;
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> part(Part.S3).restarts() == expected && part(Part.S3).state().equals("ready"));
    }
    assertThat(Files.readString(output)).contains("S3Proxy was ended by signal 9");
    assertThat(children()).hasSize(2);

    kill(Part.S3);

    assertThat(supervisor.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(supervisor.exitValue()).isEqualTo(70);
    assertThat(Files.readString(output)).contains("started again 3 times in 5 minutes");
  }

  @Test
  void aSecondInstanceIsRefusedAndHarmsNothing() {
    assertThat(run("up", "--stores", "--data", data().toString())).isEqualTo(75);
    assertThat(children()).allMatch(ProcessHandle::isAlive);
  }

  @Test
  void statusAndLogsTellWhatRuns() {
    String status = printed("status", "--json", "--data", data().toString());
    assertThat(status).contains("\"up\" : true", "\"part\" : \"mariadb\"", "\"pid\" : ");
    assertThat(printed("logs", "mariadb", "-n", "500", "--data", data().toString()))
        .contains("ready for connections");
  }

  private Path data() {
    return temp.resolve("data");
  }

  private boolean phase(Phase phase) {
    return State.running(data()).filter(state -> state.phase() == phase).isPresent();
  }

  private PartState part(Part part) {
    return State.running(data()).orElseThrow().parts().stream()
        .filter(state -> state.part().equals(part.word()))
        .findFirst()
        .orElseThrow();
  }

  private List<ProcessHandle> children() {
    return State.running(data()).orElseThrow().parts().stream()
        .map(PartState::pid)
        .filter(Objects::nonNull)
        .map(pid -> ProcessHandle.of(pid).orElseThrow())
        .toList();
  }

  private void kill(Part part) {
    ProcessHandle.of(Objects.requireNonNull(part(part).pid())).orElseThrow().destroyForcibly();
  }

  private static int run(String... words) {
    return Main.line().execute(words);
  }

  private static String printed(String... words) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      run(words);
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
