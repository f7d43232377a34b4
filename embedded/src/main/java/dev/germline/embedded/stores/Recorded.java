package dev.germline.embedded.stores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process on record: process ids are used again, so the moment it started belongs to its name.
 *
 * @param startedMillis since the epoch, as the kernel tells it
 */
public record Recorded(long pid, long startedMillis) {
  private static final long SAME_START_MILLIS = 2_000;
  private static final long POLL_MILLIS = 40;

  public static Recorded of(ProcessHandle handle) {
    return new Recorded(
        handle.pid(), handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
  }

  /** The process, if it is still the one recorded and not just waiting to be reaped. */
  public Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(handle ->
            Math.abs(Recorded.of(handle).startedMillis() - startedMillis) < SAME_START_MILLIS)
        .filter(handle -> !zombie());
  }

  /**
   * Waits for the end of a process that is not our child; false if it did not come in time. (Of
   * such processes ProcessHandle.onExit notices the end only up to 5 s later.)
   */
  public boolean endsWithin(Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    while (process().isPresent()) {
      if (System.nanoTime() > end) {
        return false;
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  /** Ended, but its parent has not asked how: common in containers without an init process. */
  private boolean zombie() {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
    } catch (IOException | RuntimeException e) {
      return false; // no /proc here, or gone this very moment
    }
  }
}
