package dev.germline.blobstore.encoding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The loops of {@link Buckets} over whole words of lanes. {@code buckets} is the bucket of each of
 * 256 exponents; positions are in bytes of {@code sorted}. Unrolled by hand: a word holds four
 * lanes or two, and the compiler keeps a loop over them.
 */
final class BucketLoops {
  static final int EXPONENTS = 256;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private BucketLoops() {}

  /** How many lanes have each exponent. */
  static int[] count(ElementType type, long[] base, int words) {
    int shift = type.exponentShift();
    int mask = type.exponentMask();
    int[] h = new int[4 * EXPONENTS]; // a table for each lane: no waiting for the last increment
    if (type.width() == 2) {
      for (int i = 0; i < words; i++) {
        long w = base[i] >>> shift;
        h[(int) w & mask]++;
        h[EXPONENTS + ((int) (w >>> 16) & mask)]++;
        h[2 * EXPONENTS + ((int) (w >>> 32) & mask)]++;
        h[3 * EXPONENTS + ((int) (w >>> 48) & mask)]++;
      }
    } else {
      for (int i = 0; i < words; i++) {
        long w = base[i] >>> shift;
        h[(int) w & mask]++;
        h[EXPONENTS + ((int) (w >>> 32) & mask)]++;
      }
    }
    int[] sum = new int[EXPONENTS];
    for (int i = 0; i < h.length; i++) {
      sum[i % EXPONENTS] += h[i];
    }
    return sum;
  }

  /** Moves each lane to its bucket's next place. */
  static void scatter(
      ElementType type,
      byte[] buckets,
      long[] lanes,
      long[] base,
      int words,
      byte[] sorted,
      int[] next) {
    int shift = type.exponentShift();
    int mask = type.exponentMask();
    if (type.width() == 2) {
      for (int i = 0; i < words; i++) {
        long four = lanes[i];
        long exponents = base[i] >>> shift;
        int bucket = buckets[(int) exponents & mask];
        int at = next[bucket];
        next[bucket] = at + 2;
        SHORT.set(sorted, at, (short) four);
        bucket = buckets[(int) (exponents >>> 16) & mask];
        at = next[bucket];
        next[bucket] = at + 2;
        SHORT.set(sorted, at, (short) (four >>> 16));
        bucket = buckets[(int) (exponents >>> 32) & mask];
        at = next[bucket];
        next[bucket] = at + 2;
        SHORT.set(sorted, at, (short) (four >>> 32));
        bucket = buckets[(int) (exponents >>> 48) & mask];
        at = next[bucket];
        next[bucket] = at + 2;
        SHORT.set(sorted, at, (short) (four >>> 48));
      }
    } else {
      for (int i = 0; i < words; i++) {
        long exponents = base[i] >>> shift;
        int bucket = buckets[(int) exponents & mask];
        int at = next[bucket];
        next[bucket] = at + 4;
        INT.set(sorted, at, (int) lanes[i]);
        bucket = buckets[(int) (exponents >>> 32) & mask];
        at = next[bucket];
        next[bucket] = at + 4;
        INT.set(sorted, at, (int) (lanes[i] >>> 32));
      }
    }
  }

  /**
   * Fetches each lane from its bucket's next place.
   *
   * @throws IndexOutOfBoundsException if a bucket runs out of {@code sorted}
   */
  static void gather(
      ElementType type,
      byte[] buckets,
      byte[] sorted,
      long[] base,
      int words,
      long[] lanes,
      int[] next) {
    int shift = type.exponentShift();
    int mask = type.exponentMask();
    if (type.width() == 2) {
      for (int i = 0; i < words; i++) {
        long exponents = base[i] >>> shift;
        int bucket = buckets[(int) exponents & mask];
        int at = next[bucket];
        next[bucket] = at + 2;
        long four = (short) SHORT.get(sorted, at) & 0xffffL;
        bucket = buckets[(int) (exponents >>> 16) & mask];
        at = next[bucket];
        next[bucket] = at + 2;
        four |= ((short) SHORT.get(sorted, at) & 0xffffL) << 16;
        bucket = buckets[(int) (exponents >>> 32) & mask];
        at = next[bucket];
        next[bucket] = at + 2;
        four |= ((short) SHORT.get(sorted, at) & 0xffffL) << 32;
        bucket = buckets[(int) (exponents >>> 48) & mask];
        at = next[bucket];
        next[bucket] = at + 2;
        lanes[i] = four | ((short) SHORT.get(sorted, at) & 0xffffL) << 48;
      }
    } else {
      for (int i = 0; i < words; i++) {
        long exponents = base[i] >>> shift;
        int bucket = buckets[(int) exponents & mask];
        int at = next[bucket];
        next[bucket] = at + 4;
        long two = (int) INT.get(sorted, at) & 0xffff_ffffL;
        bucket = buckets[(int) (exponents >>> 32) & mask];
        at = next[bucket];
        next[bucket] = at + 4;
        lanes[i] = two | (long) (int) INT.get(sorted, at) << 32;
      }
    }
  }
}
