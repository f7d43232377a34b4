package dev.germline.blobstore.segment;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The memory of segments under way, shared by all of the process. A segment begins small, so that
 * many small uploads cost little; one that grows takes one of a few large arrays, and waits, first
 * come first served, when all are out. Nobody who waits here holds a large one, so those who do
 * always get on. Thread-safe.
 */
final class SegmentBuffers {
  private static final int FIRST = 1 << 16;
  private static final int LARGEST_OF_ITS_OWN = 1 << 20;

  private final int capacity;
  private final int most;
  private final Duration wait;
  private final Semaphore free;
  private final ConcurrentLinkedDeque<byte[]> spare = new ConcurrentLinkedDeque<>();

  SegmentBuffers(int capacity, int most, Duration wait) {
    this.capacity = capacity;
    this.most = most;
    this.wait = wait;
    this.free = new Semaphore(most, true);
  }

  Buffer take() {
    return new Buffer();
  }

  private byte[] large() {
    try {
      if (!free.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new GermlineException(
            Fault.OVERLOADED,
            "more uploads run than there is memory for, since %d s; try again shortly"
                .formatted(wait.toSeconds()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GermlineException(Fault.OVERLOADED, "the upload was interrupted", e);
    }
    byte[] old = spare.poll();
    return old == null ? new byte[capacity] : old;
  }

  private void giveBack(byte[] large) {
    spare.push(large);
    free.release();
    if (free.availablePermits() == most) {
      spare.clear(); // nothing goes on, so nothing needs to be held
    }
  }

  /** A growing array with several holders; the last to let go gives it back. */
  final class Buffer {
    private final AtomicInteger holders = new AtomicInteger(1);
    private byte[] bytes = new byte[Math.min(FIRST, capacity)];

    byte[] bytes() {
      return bytes;
    }

    /** Makes the array at least so long; what was in it stays. */
    void grow(int length, int used) {
      if (length <= bytes.length) {
        return;
      }
      if (length <= LARGEST_OF_ITS_OWN) {
        bytes =
            Arrays.copyOf(bytes, Math.min(Math.max(length, 4 * bytes.length), LARGEST_OF_ITS_OWN));
      } else {
        byte[] large = large();
        System.arraycopy(bytes, 0, large, 0, used);
        bytes = large;
      }
    }

    void retain() {
      holders.incrementAndGet();
    }

    void release() {
      if (holders.decrementAndGet() == 0) {
        byte[] last = bytes;
        bytes = new byte[0];
        if (last.length == capacity) {
          giveBack(last);
        }
      }
    }
  }
}
