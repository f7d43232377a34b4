package dev.germline.blobstore;

import dev.germline.blobstore.s3.BlobStream;
import dev.germline.core.weights.ByteSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Random reads of a blob. Small neighbouring reads, as of headers, cost one request. */
final class BlobSource implements ByteSource {
  private static final int AHEAD = 1 << 18;

  private final BlobStream.Source source;
  private final long size;
  private byte[] block = new byte[0];
  private long blockStart;

  BlobSource(BlobStream.Source source, long size) {
    this.source = source;
    this.size = size;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public synchronized byte[] read(long offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, (long) length, size);
    byte[] result = new byte[length];
    if (length == 0) {
      return result;
    }
    int done = fromBlock(offset, result, 0);
    if (done < length) {
      long start = offset + done;
      int fetch = (int) Math.min(Math.max(length - done, AHEAD), size - start);
      try (InputStream stream = new BlobStream(source, start, start + fetch)) {
        block = stream.readNBytes(fetch);
        blockStart = start;
      } catch (RuntimeException failure) {
        throw new IOException("the store cannot read", failure);
      }
      done += fromBlock(start, result, done);
    }
    if (done < length) {
      throw new IOException("the blob has become shorter than " + size + " bytes");
    }
    return result;
  }

  /** Copies what the block at hand has of the bytes from {@code offset} on. */
  private int fromBlock(long offset, byte[] target, int at) {
    long skip = offset - blockStart;
    if (skip < 0 || skip >= block.length) {
      return 0;
    }
    int length = (int) Math.min(block.length - skip, target.length - at);
    System.arraycopy(block, (int) skip, target, at, length);
    return length;
  }
}
