package dev.germline.core.merkle;

import dev.germline.core.substrate.Digest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * BLAKE3, the 32-byte unkeyed hash. The rest of the project hashes through this class only, so that
 * the kernel behind it can change.
 */
public final class Blake3 {
  private Blake3() {}

  /** The hash of all these bytes. */
  public static Digest hash(byte[] input) {
    return hash(input, 0, input.length);
  }

  /** The hash of {@code length} bytes from {@code offset} on. */
  public static Digest hash(byte[] input, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, input.length);
    if (length > Blake3Short.MAX_INPUT) {
      return hasher().update(input, offset, length).digest();
    }
    byte[] out = new byte[Digest.BYTES];
    Blake3Short.hash(input, offset, length, out, 0);
    return Digest.of(out);
  }

  /** Starts a hash over bytes that come piece by piece. */
  public static Hasher hasher() {
    return new Hasher();
  }

  /** A hash in progress; memory does not grow with the input. For one thread. */
  public static final class Hasher {
    private static final int PIECE = 1 << 16;

    private final io.github.rctcwyvrn.blake3.Blake3 kernel =
        io.github.rctcwyvrn.blake3.Blake3.newInstance();

    private Hasher() {}

    /** Adds all these bytes. */
    public Hasher update(byte[] input) {
      kernel.update(input);
      return this;
    }

    /** Adds {@code length} bytes from {@code offset} on. */
    public Hasher update(byte[] input, int offset, int length) {
      Objects.checkFromIndexSize(offset, length, input.length);
      for (int at = offset, end = offset + length; at < end; at += PIECE) {
        kernel.update(Arrays.copyOfRange(input, at, Math.min(end, at + PIECE)));
      }
      return this;
    }

    /** Adds what remains of the buffer and leaves it empty. */
    public Hasher update(ByteBuffer input) {
      while (input.hasRemaining()) {
        byte[] piece = new byte[Math.min(PIECE, input.remaining())];
        input.get(piece);
        kernel.update(piece);
      }
      return this;
    }

    /** The hash of everything added so far; more may be added after it. */
    public Digest digest() {
      return Digest.of(kernel.digest());
    }
  }
}
