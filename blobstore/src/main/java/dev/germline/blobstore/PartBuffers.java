package dev.germline.blobstore;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The memory that uploads may hold, shared by all of the process: whoever finds none waits, first
 * come first served, and so slows its client down. Thread-safe.
 *
 * <p>Nobody waits here while holding an unfilled buffer, so those who hold one always get on.
 */
final class PartBuffers {
  private static final int UNIT = 1 << 16;

  private final int partSize;
  private final int units;
  private final Duration wait;
  private final Semaphore free;
  private final ConcurrentLinkedDeque<byte[]> spare = new ConcurrentLinkedDeque<>();

  PartBuffers(int partSize, int bytes, Duration wait) {
    this.partSize = partSize;
    this.units = Math.ceilDiv(bytes, UNIT);
    this.wait = wait;
    this.free = new Semaphore(units, true);
  }

  /**
   * A buffer for up to {@code length} bytes.
   *
   * @throws GermlineException OVERLOADED when none comes free in time
   */
  Buffer take(int length) {
    int needed = Math.max(1, Math.ceilDiv(length, UNIT));
    try {
      if (!free.tryAcquire(needed, wait.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new GermlineException(
            Fault.OVERLOADED,
            "more uploads run than there is memory for, since %d s; try again shortly"
                .formatted(wait.toSeconds()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GermlineException(Fault.OVERLOADED, "the upload was interrupted", e);
    }
    return new Buffer(array(length), length, needed);
  }

  /** Arrays of a part's size go round: making one costs a pass over 16 MiB. */
  private byte[] array(int length) {
    if (length != partSize) {
      return new byte[length];
    }
    byte[] old = spare.poll();
    return old == null ? new byte[partSize] : old;
  }

  private void giveBack(Buffer buffer) {
    if (buffer.bytes.length == partSize) {
      spare.push(buffer.bytes);
    }
    free.release(buffer.needed);
    if (free.availablePermits() == units) {
      spare.clear(); // nothing goes on, so nothing needs to be held
    }
  }

  /** Some of the memory; closing gives it back. */
  final class Buffer implements AutoCloseable {
    private final byte[] bytes;
    private final int length;
    private final int needed;
    private boolean closed;

    private Buffer(byte[] bytes, int length, int needed) {
      this.bytes = bytes;
      this.length = length;
      this.needed = needed;
    }

    byte[] bytes() {
      return bytes;
    }

    int length() {
      return length;
    }

    /** Reads all of its length, or fails with EOFException. */
    void fill(InputStream body) throws IOException {
      int read = body.readNBytes(bytes, 0, length);
      if (read < length) {
        throw new EOFException("the body ended " + (length - read) + " bytes early");
      }
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        giveBack(this);
      }
    }
  }
}
