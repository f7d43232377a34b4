package dev.germline.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * What the launcher runs while the JVM records the ahead-of-time cache: the commands people wait
 * for, against a server of its own that knows one made-up layer. Needs nothing and leaves nothing.
 */
@Command(name = "rehearse", hidden = true, description = "Loads what the other commands need.")
final class RehearseCommand extends CliCommand {
  /** Enough for the JVM to see which loops are hot. */
  private static final int FILE = 8 << 20;

  RehearseCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    byte[] file = new byte[FILE];
    try (RehearsalServer server = new RehearsalServer(file)) {
      Path folder = Files.createTempDirectory("germline-rehearsal");
      try {
        String at = "--server=" + server.url();
        for (String word : List.of("show", "lineage", "edges")) {
          rehearse(word, RehearsalServer.LAYER, at);
        }
        rehearse("list", "--json", at);
        rehearse("show", "--help");
        Path local = Files.write(folder.resolve("x"), file);
        rehearse(
            "push",
            RehearsalServer.LAYER,
            local.toString(),
            "--type=foundation",
            "--parameters=1",
            "--context-window=1",
            at);
        Files.delete(local);
        rehearse("pull", RehearsalServer.LAYER, folder.toString(), at);
      } finally {
        delete(folder);
      }
      return ExitCode.OK;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void rehearse(String... arguments) {
    Map<String, String> environment = new HashMap<>(surroundings().environment());
    environment.put("GERMLINE_TOKEN", "none");
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    int exit =
        Main.run(
            new Surroundings(
                new ByteArrayInputStream(new byte[0]),
                nowhere,
                nowhere,
                true,
                false,
                environment,
                surroundings().home(),
                surroundings().program()),
            arguments);
    if (exit != ExitCode.OK.code()) {
      throw new IllegalStateException(String.join(" ", arguments) + " ended with " + exit);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
