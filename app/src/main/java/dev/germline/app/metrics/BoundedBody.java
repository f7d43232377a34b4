package dev.germline.app.metrics;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** A body that may have so many bytes and take so long, hashed on its way. For one thread. */
final class BoundedBody extends FilterInputStream {
  private final Blake3.Hasher hasher = Blake3.hasher();
  private final int most;
  private final Duration time;
  private final long end;
  private long read;

  BoundedBody(InputStream body, int most, Duration time) {
    super(body);
    this.most = most;
    this.time = time;
    this.end = System.nanoTime() + time.toNanos();
  }

  /** Of all bytes so far and these. */
  Digest digest(byte[] more) {
    return hasher.update(more).digest();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int got = super.read(into, offset, length);
    if (got > 0) {
      read += got;
      hasher.update(into, offset, got);
    }
    if (read > most) {
      throw new GermlineException(
          Fault.LIMIT_EXCEEDED,
          "more than %d bytes in one request; send several, each with at most so many"
              .formatted(most));
    }
    if (System.nanoTime() - end > 0) {
      throw new GermlineException(
          Fault.OVERLOADED, "the request did not arrive within " + time + "; send it again");
    }
    return got;
  }
}
