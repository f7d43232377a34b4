package dev.germline.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line on a data directory of its own, all as a user runs it.
 *
 * @param root of the checkout
 * @param data directory
 */
record Installation(Path root, Path data) {
  /** A command that was started. */
  record Run(String what, Process process, Path output) {
    /** Waits for its end; IllegalStateException with what it said when it failed. */
    void finish() throws Exception {
      int exit = process.waitFor();
      String said = Files.readString(output);
      Files.deleteIfExists(output);
      if (exit != 0) {
        throw new IllegalStateException(
            "germline %s ended with %d:%n%s".formatted(what, exit, said));
      }
    }
  }

  /** Starts a command. */
  Run start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(root.resolve("germline").toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--data", data.toString()));
    Path output = Files.createTempFile("germline-bench", ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new Run(arguments[0], process, output);
  }

  /** Runs a command to its end. */
  Process run(String... arguments) throws Exception {
    Run run = start(arguments);
    run.finish();
    return run.process();
  }

  /** Where the app's metrics are. */
  URI metrics() throws IOException {
    String url =
        new ObjectMapper().readTree(data.resolve("server.json").toFile()).get("url").asText();
    return URI.create(url + "/prometheus");
  }
}
