package dev.germline.embedded.launcher;

import dev.germline.embedded.stores.DataDir;
import dev.germline.embedded.stores.Leftovers;
import dev.germline.embedded.stores.Recorded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "down", description = "Stops everything within 10 s.")
final class DownCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(9);

  @Mixin private Main.DataOption data = new Main.DataOption();

  @Override
  public Integer call() throws IOException {
    Path dir = data.dir();
    long start = System.nanoTime();
    Optional<State> running = State.running(dir);
    if (running.isEmpty()) {
      if (Files.isDirectory(dir)) {
        clean(dir);
      }
      System.out.println("not running");
      return 0;
    }
    Recorded supervisor = running.get().supervisor();
    supervisor.process().ifPresent(ProcessHandle::destroy);
    if (!supervisor.endsWithin(PATIENCE)) {
      supervisor.process().ifPresent(ProcessHandle::destroyForcibly);
      supervisor.endsWithin(Duration.ofSeconds(1));
    }
    clean(dir);
    System.out.printf(
        Locale.ROOT, "stopped in %.1f s%n", (System.nanoTime() - start) / 1_000_000_000.0);
    return 0;
  }

  /** Ends the children of a supervisor that could not. */
  private static void clean(Path dir) throws IOException {
    try (DataDir mine = DataDir.open(dir)) {
      Leftovers.end(mine);
      Files.deleteIfExists(State.file(dir));
      Files.deleteIfExists(dir.resolve("server.json"));
    }
  }
}
