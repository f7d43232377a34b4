package dev.germline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandardErrorTest {
  private static final Path SHELL = Path.of("/bin/sh");

  /** As the launcher starts commands that hash much. */
  @Test
  void onlyWhatTheJvmSaysAtItsStartIsLost() throws Exception {
    assumeThat(SHELL).as("a shell to move descriptors").isExecutable();
    Process process =
        new ProcessBuilder(
                List.of(
                    SHELL.toString(),
                    "-c",
                    "exec \"$@\" 3>&2 2>/dev/null",
                    "sh",
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--add-modules=jdk.incubator.vector",
                    "--enable-native-access=ALL-UNNAMED",
                    "-XX:TieredStopAtLevel=1",
                    "-Dgermline.stderr=3",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName(),
                    "verify"))
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(output).isEmpty();
    assertThat(error).contains("Missing required").doesNotContain("incubator");
  }
}
