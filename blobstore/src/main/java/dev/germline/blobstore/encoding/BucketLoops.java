package dev.germline.blobstore.encoding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The loops of {@link Buckets} over whole words of lanes; positions are in bytes of {@code sorted}.
 * Unrolled by hand, as a word holds four lanes or two. The tables have a power of two of entries
 * and are indexed within it, so that nothing is checked twice.
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

  /**
   * Moves each lane to its bucket's next place.
   *
   * @param buckets of the lanes, as lanes
   */
  static void scatter(
      int width, long[] lanes, long[] buckets, int words, byte[] sorted, int[] next) {
    int mask = next.length - 1;
    if (width == 2) {
      for (int i = 0; i < words; i++) {
        long four = lanes[i];
        long of = buckets[i];
        int bucket = (int) of & mask;
        int at = next[bucket];
        next[bucket] = at + 2;
        SHORT.set(sorted, at, (short) four);
        bucket = (int) (of >>> 16) & mask;
        at = next[bucket];
        next[bucket] = at + 2;
        SHORT.set(sorted, at, (short) (four >>> 16));
        bucket = (int) (of >>> 32) & mask;
        at = next[bucket];
        next[bucket] = at + 2;
        SHORT.set(sorted, at, (short) (four >>> 32));
        bucket = (int) (of >>> 48) & mask;
        at = next[bucket];
        next[bucket] = at + 2;
        SHORT.set(sorted, at, (short) (four >>> 48));
      }
    } else {
      for (int i = 0; i < words; i++) {
        long of = buckets[i];
        int bucket = (int) of & mask;
        int at = next[bucket];
        next[bucket] = at + 4;
        INT.set(sorted, at, (int) lanes[i]);
        bucket = (int) (of >>> 32) & mask;
        at = next[bucket];
        next[bucket] = at + 4;
        INT.set(sorted, at, (int) (lanes[i] >>> 32));
      }
    }
  }

  /**
   * Fetches each lane from its bucket's next place.
   *
   * @param lanes their buckets, which they replace
   * @throws IndexOutOfBoundsException if a bucket runs out of {@code sorted}
   */
  static void gather(int width, byte[] sorted, long[] lanes, int words, int[] next) {
    int mask = next.length - 1;
    if (width == 2) {
      for (int i = 0; i < words; i++) {
        long of = lanes[i];
        int bucket = (int) of & mask;
        int at = next[bucket];
        next[bucket] = at + 2;
        long four = (short) SHORT.get(sorted, at) & 0xffffL;
        bucket = (int) (of >>> 16) & mask;
        at = next[bucket];
        next[bucket] = at + 2;
        four |= ((short) SHORT.get(sorted, at) & 0xffffL) << 16;
        bucket = (int) (of >>> 32) & mask;
        at = next[bucket];
        next[bucket] = at + 2;
        four |= ((short) SHORT.get(sorted, at) & 0xffffL) << 32;
        bucket = (int) (of >>> 48) & mask;
        at = next[bucket];
        next[bucket] = at + 2;
        lanes[i] = four | ((short) SHORT.get(sorted, at) & 0xffffL) << 48;
      }
    } else {
      for (int i = 0; i < words; i++) {
        long of = lanes[i];
        int bucket = (int) of & mask;
        int at = next[bucket];
        next[bucket] = at + 4;
        long two = (int) INT.get(sorted, at) & 0xffff_ffffL;
        bucket = (int) (of >>> 32) & mask;
        at = next[bucket];
        next[bucket] = at + 4;
        lanes[i] = two | (long) (int) INT.get(sorted, at) << 32;
      }
    }
  }
}
