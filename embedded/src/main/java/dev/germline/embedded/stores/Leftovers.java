package dev.germline.embedded.stores;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The children on record in {@code run/children.json}. The kernel ends them with us; where it
 * cannot (no setpriv), the next start or stop of the data directory does.
 */
public final class Leftovers {
  private static final Duration GRACE = Duration.ofSeconds(6);

  private Leftovers() {}

  /** A process and the moment it started: process ids are used again. */
  public record Recorded(long pid, long startedMillis) {
    public static Recorded of(ProcessHandle handle) {
      return new Recorded(
          handle.pid(), handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
    }

    /** The process, if it is still the one recorded. */
    public Optional<ProcessHandle> process() {
      return ProcessHandle.of(pid)
          .filter(handle ->
              handle.isAlive()
                  && Math.abs(Recorded.of(handle).startedMillis() - startedMillis) < 2_000);
    }
  }

  private record Children(@Nullable List<Recorded> children) {}

  static synchronized void record(DataDir dir, List<ProcessHandle> handles) throws IOException {
    Json.write(dir.run("children.json"), new Children(handles.stream().map(Recorded::of).toList()));
  }

  /** Ends what an earlier run left; the caller holds the directory's lock, so none are wanted. */
  static void end(DataDir dir) throws IOException {
    List<Recorded> recorded =
        Json.read(dir.run("children.json"), Children.class)
            .map(Children::children)
            .orElse(List.of());
    List<ProcessHandle> alive =
        recorded.stream().flatMap(child -> child.process().stream()).toList();
    alive.forEach(ProcessHandle::destroy);
    alive.forEach(Leftovers::finish);
  }

  private static void finish(ProcessHandle handle) {
    try {
      handle.onExit().get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      handle.destroyForcibly();
      handle.onExit().join();
    } catch (InterruptedException e) {
      handle.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
