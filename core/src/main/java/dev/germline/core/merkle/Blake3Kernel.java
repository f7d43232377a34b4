package dev.germline.core.merkle;

import java.lang.foreign.MemorySegment;

/**
 * Hashes many inputs of one shape. Implementations differ in speed only and are safe to share
 * between threads.
 */
interface Blake3Kernel {
  /** Bytes of a hash or chaining value. */
  int OUT = 32;

  /**
   * Hashes {@code count} inputs that lie {@code stride} bytes apart into as many chaining values,
   * one after the other.
   *
   * <p>Each input is read in whole blocks: behind one that ends within a block there must be zeros
   * up to that block's end. {@code out} may be {@code in} where no value is written over an input
   * that comes after its own: parents can be hashed in place.
   *
   * @param offset of the first input in {@code in}
   * @param counter of the first input: the index of a chunk in its message, else 0
   * @param outOffset of the first value in {@code out}
   */
  void hash(
      Blake3Shape shape,
      byte[] in,
      int offset,
      int stride,
      int count,
      long counter,
      byte[] out,
      int outOffset);

  /**
   * Hashes {@code count} inputs of one chunk each that lie one after the other outside the heap,
   * without copying them.
   *
   * @param in a native segment, mapped or not
   * @param counter of the first input
   * @param outOffset of the first value in {@code out}
   */
  void hashNative(
      Blake3Shape shape,
      MemorySegment in,
      long offset,
      int count,
      long counter,
      byte[] out,
      int outOffset);
}
