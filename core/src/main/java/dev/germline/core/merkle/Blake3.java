package dev.germline.core.merkle;

import dev.germline.core.substrate.Digest;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * BLAKE3 with 32 bytes of output, in its three modes. The rest of the project hashes through this
 * class only, so that the kernel behind it can change. Safe to use from all threads.
 */
public final class Blake3 {
  /** Length in bytes of a key. */
  public static final int KEY_BYTES = Blake3Mode.KEY_BYTES;

  private Blake3() {}

  /** The hash of all these bytes. */
  public static Digest hash(byte[] input) {
    return hash(input, 0, input.length);
  }

  /** The hash of {@code length} bytes from {@code offset} on. */
  public static Digest hash(byte[] input, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, input.length);
    if (length > Blake3Shape.CHUNK) {
      return hasher().update(input, offset, length).digest();
    }
    byte[] out = new byte[Digest.BYTES];
    Blake3Scalar.hashOne(Blake3Shape.input(Blake3Mode.HASH, length), input, offset, 0, out, 0);
    return Digest.of(out);
  }

  /** The hash of a whole segment. */
  public static Digest hash(MemorySegment input) {
    return hasher().update(input).digest();
  }

  /**
   * The hash of a whole segment, computed on all cores; worth it from about 1 MiB on.
   *
   * @param input on the heap, mapped or native, readable by any thread
   */
  public static Digest hashInParallel(MemorySegment input) {
    return hasher().updateInParallel(input).digest();
  }

  /** Starts a hash over bytes that come piece by piece. */
  public static Hasher hasher() {
    return new Hasher(Blake3Mode.HASH);
  }

  /**
   * Starts a hash over bytes that come piece by piece.
   *
   * @param expected about how many: a long hash gets a fast kernel sooner when that is known
   */
  public static Hasher hasher(long expected) {
    Blake3Fastest.KERNEL.expect(expected);
    return hasher();
  }

  /**
   * Starts a hash that only who knows the key can compute.
   *
   * @throws IllegalArgumentException unless the key has 32 bytes
   */
  public static Hasher keyedHasher(byte[] key) {
    return new Hasher(Blake3Mode.keyed(key));
  }

  /**
   * Starts a hash that makes a 32-byte key of key material, for one purpose.
   *
   * @param context hard-coded, unique in the world and never made of input: "application date
   *     purpose"
   */
  public static Hasher keyDeriver(String context) {
    return new Hasher(Blake3Mode.derivingKeys(context));
  }

  /** What computes long hashes in this process now, in words: plain Java, or how many lanes. */
  public static String kernel() {
    return Blake3Fastest.KERNEL.description();
  }

  /** A hash in progress; memory does not grow with the input. For one thread. */
  public static final class Hasher {
    private final Blake3State state;

    private Hasher(Blake3Mode mode) {
      this.state = new Blake3State(mode, Blake3Fastest.KERNEL);
    }

    /** Adds all these bytes. */
    public Hasher update(byte[] input) {
      return update(MemorySegment.ofArray(input));
    }

    /** Adds {@code length} bytes from {@code offset} on. */
    public Hasher update(byte[] input, int offset, int length) {
      Objects.checkFromIndexSize(offset, length, input.length);
      return update(MemorySegment.ofArray(input).asSlice(offset, length));
    }

    /** Adds what remains of the buffer and leaves it empty. */
    public Hasher update(ByteBuffer input) {
      update(MemorySegment.ofBuffer(input));
      input.position(input.limit());
      return this;
    }

    /** Adds a whole segment. */
    public Hasher update(MemorySegment input) {
      state.add(input);
      return this;
    }

    /**
     * Adds a whole segment, hashed on all cores; worth it from about 1 MiB on. Runs on the common
     * pool, or on the fork-join pool it is called from.
     *
     * @param input on the heap, mapped or native, readable by any thread
     */
    public Hasher updateInParallel(MemorySegment input) {
      state.addInParallel(input);
      return this;
    }

    /** The hash of everything added so far; more may be added after it. */
    public Digest digest() {
      return state.digest();
    }
  }
}
