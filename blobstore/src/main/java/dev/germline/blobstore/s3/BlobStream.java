package dev.germline.blobstore.s3;

import dev.germline.core.GermlineException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads on where a broken connection stopped, a few times at most. For one thread. */
public final class BlobStream extends InputStream {
  private static final int MOST_BREAKS = 5;

  private final Source source;
  private final long end;
  private long position;
  private int breaks;
  private @Nullable InputStream current;

  /** Opens the bytes from an offset up to another. */
  @FunctionalInterface
  public interface Source {
    /** A stream of the bytes, perhaps of fewer if the connection breaks. */
    InputStream from(long offset, long end);
  }

  /** The first bytes are asked for at once, so that an absent object shows here. */
  public BlobStream(Source source, long offset, long end) {
    this.source = source;
    this.position = offset;
    this.end = end;
    this.current = offset < end ? source.from(offset, end) : null;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (position == end) {
      return -1;
    }
    while (true) {
      try {
        InputStream from = open();
        int read = from.read(target, offset, (int) Math.min(length, end - position));
        if (read < 0) {
          throw new EOFException("the store ended " + (end - position) + " bytes early");
        }
        position += read;
        return read;
      } catch (IOException broken) {
        close();
        if (++breaks > MOST_BREAKS) {
          throw broken;
        }
      } catch (GermlineException | S3Refused gone) {
        throw new IOException("the store cannot read on", gone);
      }
    }
  }

  private InputStream open() {
    InputStream open = current;
    if (open == null) {
      open = source.from(position, end);
      current = open;
    }
    return open;
  }

  @Override
  public void close() {
    InputStream open = current;
    current = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException alreadyBroken) {
        // it was only read from: nothing is lost
      }
    }
  }
}
