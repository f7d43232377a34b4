package dev.germline.blobstore;

import dev.germline.core.weights.FileDigests;
import java.io.InputStream;
import java.util.Random;

/** Bytes that repeat nowhere, made while they are read. */
public final class SomeBytes extends InputStream {
  private final Random random;
  private long left;

  /** As many bytes as asked for, by the seed. */
  public SomeBytes(long seed, long size) {
    this.random = new Random(seed);
    this.left = size;
  }

  static byte[] of(long seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** The hashes of those bytes. */
  public static FileDigests.Result digests(long seed, long size) {
    FileDigests digests = new FileDigests(size);
    byte[] piece = new byte[1 << 16];
    SomeBytes bytes = new SomeBytes(seed, size);
    for (int read = bytes.read(piece, 0, piece.length);
        read >= 0;
        read = bytes.read(piece, 0, piece.length)) {
      digests.update(piece, 0, read);
    }
    return digests.finish();
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /** In steps of 64 KiB, so that the bytes do not depend on how they are asked for. */
  private final byte[] block = new byte[1 << 16];

  private int at = block.length;

  @Override
  public int read(byte[] target, int offset, int length) {
    if (left == 0) {
      return -1;
    }
    if (at == block.length) {
      random.nextBytes(block);
      at = 0;
    }
    int read = (int) Math.min(Math.min(length, block.length - at), left);
    System.arraycopy(block, at, target, offset, read);
    at += read;
    left -= read;
    return read;
  }
}
