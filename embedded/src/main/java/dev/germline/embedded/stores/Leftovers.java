package dev.germline.embedded.stores;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The children on record in {@code run/children.json}. The kernel ends them with us; where it
 * cannot (no setpriv), the next start or stop of the data directory does.
 */
public final class Leftovers {
  private static final Duration GRACE = Duration.ofSeconds(6);

  private Leftovers() {}

  private record Children(@Nullable List<Recorded> children) {}

  static synchronized void record(DataDir dir, List<ProcessHandle> handles) throws IOException {
    Json.write(dir.run("children.json"), new Children(handles.stream().map(Recorded::of).toList()));
  }

  /** Ends what an earlier run left; the caller holds the directory's lock, so none are wanted. */
  public static void end(DataDir dir) throws IOException {
    List<Recorded> recorded =
        Json.readIfWhole(dir.run("children.json"), Children.class)
            .map(Children::children)
            .orElse(List.of());
    recorded.forEach(child -> child.process().ifPresent(ProcessHandle::destroy));
    recorded.forEach(Leftovers::finish);
  }

  private static void finish(Recorded child) {
    if (!child.endsWithin(GRACE)) {
      child.process().ifPresent(ProcessHandle::destroyForcibly);
      child.endsWithin(GRACE);
    }
  }
}
