package dev.germline.embedded.launcher;

import dev.germline.embedded.launcher.State.PartState;
import dev.germline.embedded.launcher.State.Phase;
import dev.germline.embedded.stores.DataDir;
import dev.germline.embedded.stores.Json;
import dev.germline.embedded.stores.Part;
import dev.germline.embedded.stores.Recorded;
import dev.germline.embedded.stores.Settings;
import dev.germline.embedded.stores.Stores;
import dev.germline.embedded.stores.Stores.Ready;
import dev.germline.embedded.stores.Training;
import dev.germline.embedded.stores.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Runs the set in the foreground: says what became ready, starts again what ended by itself (at
 * most {@value #MOST_RESTARTS} times in five minutes per part), and on Ctrl-C or SIGTERM stops the
 * app, then the stores.
 */
final class Supervisor {
  static final int MOST_RESTARTS = 3;

  private static final Duration RESTARTS_WITHIN = Duration.ofMinutes(5);

  private final Settings settings;
  private final long began = System.nanoTime();
  private final BlockingQueue<Ended> ends = new LinkedBlockingQueue<>();
  private final Map<Part, PartState> parts = new EnumMap<>(Part.class);
  private final Map<Part, Deque<Long>> restarts = new EnumMap<>(Part.class);

  private volatile boolean stopping;
  private volatile int exitCode;
  private @Nullable Stores stores;
  private @Nullable Training training;

  private record Ended(Part part, int exitCode) {}

  Supervisor(Settings settings) {
    this.settings = settings;
  }

  /** Returns only when a failure ended everything; an ordered stop ends the process with 0. */
  int run() {
    Stores prepared = Stores.prepare(settings);
    stores = prepared;
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "germline-stop"));
    try {
      System.out.println("Germline on " + prepared.dataDir().root());
      prepared.notes().forEach(note -> System.out.println("  note: " + note));
      for (Part part : prepared.parts()) {
        parts.put(
            part,
            new PartState(
                part.word(), prepared.address(part).toString(), null, "starting", null, 0));
      }
      save(Phase.STARTING);
      prepared.startAll(ready -> announce(prepared, ready));
      writeServerFile(prepared);
      System.out.println("  " + BrowserHint.of(prepared.dataDir().root()));
      System.out.printf(
          Locale.ROOT,
          "up in %s; Ctrl-C here or `./germline down` stops everything%n",
          seconds(Duration.ofNanos(System.nanoTime() - began)));
      save(Phase.READY); // after the last word: `up -d` ends here
      training = prepared.train();
      watch(prepared);
    } catch (Trouble trouble) {
      if (!stopping) {
        exitCode = trouble.kind().exitCode();
        throw trouble; // Main prints it; the hook stops what runs
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return exitCode;
  }

  private void announce(Stores running, Ready ready) {
    Part part = ready.part();
    synchronized (parts) {
      PartState before = parts.get(part);
      parts.put(
          part,
          new PartState(
              part.word(),
              ready.address().toString(),
              running.process(part).pid(),
              "ready",
              ready.took().toMillis() / 1000.0,
              before == null ? 0 : before.restarts()));
      System.out.printf(
          Locale.ROOT,
          "  %-9s %-42s ready in %s%n",
          part.title(),
          ready.address(),
          seconds(ready.took()));
    }
    var _ = running.ended(part).thenAccept(code -> ends.add(new Ended(part, code)));
  }

  private void watch(Stores running) throws InterruptedException {
    while (true) {
      Ended ended = ends.take();
      if (stopping) {
        Thread.currentThread().join(); // the hook ends the process
      }
      restart(running, ended);
    }
  }

  private void restart(Stores running, Ended ended) {
    Part part = ended.part();
    Trouble why = running.explain(part, ended.exitCode());
    Deque<Long> recent = restarts.computeIfAbsent(part, none -> new ArrayDeque<>());
    long now = System.nanoTime();
    recent.removeIf(then -> now - then > RESTARTS_WITHIN.toNanos());
    if (recent.size() >= MOST_RESTARTS) {
      throw new Trouble(
          why.kind(),
          "%s; it was started again %d times in %d minutes, so everything stops"
              .formatted(why.getMessage(), MOST_RESTARTS, RESTARTS_WITHIN.toMinutes()));
    }
    recent.add(now);
    System.out.printf(
        "  %s; starting it again (%d of %d)%n", why.getMessage(), recent.size(), MOST_RESTARTS);
    synchronized (parts) {
      parts.computeIfPresent(
          part,
          (same, state) ->
              new PartState(
                  state.part(), state.url(), null, "restarting", null, state.restarts() + 1));
    }
    save(Phase.READY);
    announce(running, running.restart(part));
    save(Phase.READY);
  }

  /** The shutdown hook: everything down in order, then the process ends with the right code. */
  private void stop() {
    stopping = true;
    long start = System.nanoTime();
    Stores running = stores;
    if (running != null) {
      Path root = running.dataDir().root();
      // One by one: on a full disk the word may not get out, and the children must end all the
      // same.
      attempt(() -> save(Phase.STOPPING));
      attempt(() -> Files.deleteIfExists(root.resolve("server.json")));
      Training learning = training;
      if (learning != null) {
        attempt(learning::close);
      }
      attempt(running::close);
      attempt(() -> Files.deleteIfExists(State.file(root)));
      if (exitCode == 0) {
        System.out.println("stopped in " + seconds(Duration.ofNanos(System.nanoTime() - start)));
      }
    }
    System.out.flush();
    Runtime.getRuntime().halt(exitCode);
  }

  private interface Step {
    void take() throws IOException;
  }

  private void attempt(Step step) {
    try {
      step.take();
    } catch (IOException | RuntimeException e) {
      if (exitCode == 0) { // else this follows from what Main has already said
        System.err.println("germline: while stopping: " + e);
      }
    }
  }

  private void save(Phase phase) {
    Stores running = stores;
    if (running == null) {
      return;
    }
    List<PartState> now;
    synchronized (parts) {
      now = new ArrayList<>(parts.values());
      try {
        Json.write(
            State.file(running.dataDir().root()),
            new State(Recorded.of(ProcessHandle.current()), phase, now));
      } catch (IOException e) {
        throw DataDir.explain(running.dataDir().root(), e);
      }
    }
  }

  /** What the CLI looks for: where the app of this data directory answers. */
  private void writeServerFile(Stores running) {
    if (!running.parts().contains(Part.APP)) {
      return;
    }
    try {
      Json.write(
          running.dataDir().root().resolve("server.json"),
          Map.of(
              "url", running.address(Part.APP).toString(),
              "pid", ProcessHandle.current().pid(),
              "neo4jBrowser", running.neo4j().browser().toString(),
              "bolt", running.neo4j().bolt().toString(),
              "s3", running.s3().uri().toString()));
    } catch (IOException e) {
      throw DataDir.explain(running.dataDir().root(), e);
    }
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
