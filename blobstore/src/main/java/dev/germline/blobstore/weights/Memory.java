package dev.germline.blobstore.weights;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Memory that all uploads, or all downloads, of a process share: whoever finds none waits, first
 * come first served, and so slows its client down. Thread-safe.
 */
final class Memory {
  private static final int UNIT = 1 << 16;

  private final int units;
  private final Duration wait;
  private final Semaphore free;

  Memory(long bytes, Duration wait) {
    this.units = Math.toIntExact(Math.ceilDiv(bytes, UNIT));
    this.wait = wait;
    this.free = new Semaphore(units, true);
  }

  /** Some of it; closing gives it back. */
  interface Share extends AutoCloseable {
    /** In bytes, roughly. */
    long bytes();

    @Override
    void close();
  }

  /**
   * Takes a share of {@code bytes}, or of all there is if that is less.
   *
   * @throws GermlineException OVERLOADED when it does not come free in time
   */
  Share take(long bytes) {
    int share = Math.clamp(Math.ceilDiv(bytes, UNIT), 1, units);
    try {
      if (!free.tryAcquire(share, wait.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new GermlineException(
            Fault.OVERLOADED,
            "more transfers run than there is memory for, since %d s; try again shortly"
                .formatted(wait.toSeconds()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GermlineException(Fault.OVERLOADED, "the transfer was interrupted", e);
    }
    return new Taken(share);
  }

  /**
   * As {@link #take} of {@code most} bytes if they are free now, and of {@code least} otherwise.
   */
  Share take(long least, long most) {
    int share = Math.clamp(Math.ceilDiv(most, UNIT), 1, units);
    return !free.hasQueuedThreads() && free.tryAcquire(share) ? new Taken(share) : take(least);
  }

  private final class Taken implements Share {
    private final int share;

    Taken(int share) {
      this.share = share;
    }

    @Override
    public long bytes() {
      return (long) share * UNIT;
    }

    @Override
    public void close() {
      free.release(share);
    }
  }
}
