package dev.germline.embedded.launcher;

import dev.germline.embedded.stores.DataDir;
import dev.germline.embedded.stores.Dist;
import dev.germline.embedded.stores.Recorded;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code up -d}: the supervisor as a session of its own, its words shown until all is ready. */
final class Background {
  private static final long POLL_MILLIS = 50;

  private Background() {}

  /**
   * Starts {@code germline up} with {@code arguments} and returns its exit code or, once ready, 0.
   */
  static int start(Path dir, List<String> arguments) throws IOException {
    DataDir.create(dir);
    Path log = Files.createDirectories(dir.resolve("logs")).resolve("germline.log");
    long shown = Files.exists(log) ? Files.size(log) : 0;
    List<String> command = new ArrayList<>();
    Path setsid = Path.of("/usr/bin/setsid");
    if (Files.isExecutable(setsid)) {
      command.add(setsid.toString());
    }
    command.add(Dist.java());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx64m",
            "-Dgermline.root=" + Dist.locate().root(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()));
    command.addAll(arguments);
    Process supervisor =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    while (true) {
      shown = show(log, shown);
      if (ready(dir, supervisor.pid())) {
        show(log, shown);
        return 0;
      }
      if (ended(supervisor)) {
        show(log, shown);
        return supervisor.exitValue();
      }
    }
  }

  /** Waits for a supervisor that someone else started. */
  static int awaitReady(Path dir, Recorded supervisor) {
    while (!ready(dir, supervisor.pid())) {
      if (supervisor.endsWithin(Duration.ofMillis(POLL_MILLIS))) {
        System.err.println("germline: it stopped before it was ready, see `germline logs`");
        return 70;
      }
    }
    return 0;
  }

  private static boolean ready(Path dir, long pid) {
    return State.running(dir)
        .filter(state -> state.supervisor().pid() == pid && state.phase() == State.Phase.READY)
        .isPresent();
  }

  private static boolean ended(Process process) {
    try {
      return process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static long show(Path log, long from) throws IOException {
    if (!Files.exists(log)) {
      return from;
    }
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      byte[] news = new byte[(int) Math.max(0, file.length() - from)];
      file.seek(from);
      file.readFully(news);
      System.out.write(news);
      System.out.flush();
      return from + news.length;
    }
  }
}
