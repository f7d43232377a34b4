package dev.germline.blobstore.encoding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Differences sorted by the exponent of the base's element, which whoever decodes has too: how far
 * a weight moves depends on how large it was, so that each bucket by itself is far less random than
 * all together. The order within a bucket is that of the piece. Not thread-safe.
 *
 * <p>Element i belongs to bucket {@code clamp(exponent(base[i]) - first, 0, count - 1)}.
 */
final class Buckets {
  static final int MAX = 16;

  /** Exponents with fewer elements of a piece at the top do not get a bucket of their own. */
  private static final int WORTH_A_BUCKET = 64;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final int[] histogram = new int[4 * 256];
  private final byte[] bucketOf = new byte[256];
  private final int[] sizes = new int[MAX];

  /** Where the next element of a bucket lies, in bytes. */
  private final int[] next = new int[MAX];

  private int first;
  private int count;

  int count() {
    return count;
  }

  /** Elements of that bucket. */
  int size(int bucket) {
    return sizes[bucket];
  }

  /** Chooses buckets for a base and counts what falls into each. */
  void plan(ElementType type, long[] base, int elements) {
    count(type, base, elements);
    int top = 255;
    while (top > 0 && histogram[top] < WORTH_A_BUCKET) {
      top--;
    }
    int bottom = 0;
    while (bottom < top && histogram[bottom] == 0) {
      bottom++;
    }
    first = Math.max(bottom, top - MAX + 1);
    count = top - first + 1;
    Arrays.fill(sizes, 0);
    for (int exponent = 0; exponent < 256; exponent++) {
      sizes[bucket(exponent)] += histogram[exponent];
    }
  }

  /** Writes first exponent, count and the size of each bucket; returns where they end. */
  int write(byte[] out, int at) {
    out[at] = (byte) first;
    out[at + 1] = (byte) count;
    for (int b = 0; b < count; b++) {
      FrameHeader.putInt24(out, at + 2 + 3 * b, sizes[b]);
    }
    return at + 2 + 3 * count;
  }

  /** Takes buckets as a frame states them; together they hold {@code elements}. */
  int read(byte[] frame, int at, int end, int elements) {
    if (end - at < 2) {
      throw FrameHeader.invalid("ends within its buckets");
    }
    first = frame[at] & 0xff;
    count = frame[at + 1] & 0xff;
    if (count < 1 || count > MAX) {
      throw FrameHeader.invalid("has " + count + " buckets; 1 to " + MAX + " are possible");
    }
    if (end - at < 2 + 3 * count) {
      throw FrameHeader.invalid("ends within its buckets");
    }
    int sum = 0;
    for (int b = 0; b < count; b++) {
      sizes[b] = FrameHeader.int24(frame, at + 2 + 3 * b);
      sum += sizes[b];
    }
    if (sum != elements) {
      throw FrameHeader.invalid("has " + sum + " elements in buckets, not " + elements);
    }
    return at + 2 + 3 * count;
  }

  private int bucket(int exponent) {
    return Math.clamp(exponent - first, 0, count - 1);
  }

  /** Elements by exponent in the first quarter of the histogram. */
  private void count(ElementType type, long[] base, int elements) {
    int[] h = histogram;
    Arrays.fill(h, 0);
    int shift = type.exponentShift();
    int mask = type.exponentMask();
    int lanes = 8 / type.width();
    int words = elements / lanes;
    if (lanes == 4) {
      for (int i = 0; i < words; i++) { // a table for each lane: no waiting for the last increment
        long w = base[i] >>> shift;
        h[(int) w & mask]++;
        h[256 + ((int) (w >>> 16) & mask)]++;
        h[512 + ((int) (w >>> 32) & mask)]++;
        h[768 + ((int) (w >>> 48) & mask)]++;
      }
    } else {
      for (int i = 0; i < words; i++) {
        long w = base[i] >>> shift;
        h[(int) w & mask]++;
        h[256 + ((int) (w >>> 32) & mask)]++;
      }
    }
    for (int i = words * lanes; i < elements; i++) {
      h[exponent(type, base, i)]++;
    }
    for (int e = 0; e < 256; e++) {
      h[e] += h[256 + e] + h[512 + e] + h[768 + e];
    }
  }

  private static int exponent(ElementType type, long[] base, int element) {
    int lanes = 8 / type.width();
    long lane = base[element / lanes] >>> (8 * type.width() * (element % lanes));
    return (int) (lane >>> type.exponentShift()) & type.exponentMask();
  }

  private void start(int width) {
    for (int e = 0; e < 256; e++) {
      bucketOf[e] = (byte) bucket(e);
    }
    int at = 0;
    for (int b = 0; b < count; b++) {
      next[b] = at;
      at += sizes[b] * width;
    }
  }

  /** Writes the lanes as elements, bucket after bucket. */
  void scatter(ElementType type, long[] lanes, long[] base, int elements, byte[] sorted) {
    start(type.width());
    int done =
        type.width() == 2
            ? scatter2(type, lanes, base, elements / 4, sorted)
            : scatter4(type, lanes, base, elements / 2, sorted);
    int perWord = 8 / type.width();
    for (int i = done; i < elements; i++) {
      long lane = lanes[i / perWord] >>> (8 * type.width() * (i % perWord));
      int at = place(exponent(type, base, i), type.width());
      for (int k = 0; k < type.width(); k++) {
        sorted[at + k] = (byte) (lane >>> (8 * k));
      }
    }
  }

  /**
   * Undoes {@link #scatter}.
   *
   * @return false if the base does not fill the buckets as they were: it is not the one they were
   *     made with
   */
  boolean gather(ElementType type, byte[] sorted, long[] base, int elements, long[] lanes) {
    start(type.width());
    try {
      int done =
          type.width() == 2
              ? gather2(type, sorted, base, elements / 4, lanes)
              : gather4(type, sorted, base, elements / 2, lanes);
      int perWord = 8 / type.width();
      if (done < elements) {
        lanes[done / perWord] = 0;
      }
      for (int i = done; i < elements; i++) {
        int at = place(exponent(type, base, i), type.width());
        for (int k = 0; k < type.width(); k++) {
          lanes[i / perWord] |=
              (sorted[at + k] & 0xffL) << (8 * (type.width() * (i % perWord) + k));
        }
      }
    } catch (IndexOutOfBoundsException ranOut) {
      return false;
    }
    int end = 0;
    for (int b = 0; b < count; b++) {
      end += sizes[b] * type.width();
      if (next[b] != end) {
        return false;
      }
    }
    return true;
  }

  private int place(int exponent, int width) {
    int bucket = bucketOf[exponent];
    int at = next[bucket];
    next[bucket] = at + width;
    return at;
  }

  private int scatter2(ElementType type, long[] lanes, long[] base, int words, byte[] sorted) {
    byte[] map = bucketOf;
    int[] to = next;
    int shift = type.exponentShift();
    int mask = type.exponentMask();
    for (int i = 0; i < words; i++) {
      long four = lanes[i];
      long exponents = base[i] >>> shift;
      int bucket = map[(int) exponents & mask];
      int at = to[bucket];
      to[bucket] = at + 2;
      SHORT.set(sorted, at, (short) four);
      bucket = map[(int) (exponents >>> 16) & mask];
      at = to[bucket];
      to[bucket] = at + 2;
      SHORT.set(sorted, at, (short) (four >>> 16));
      bucket = map[(int) (exponents >>> 32) & mask];
      at = to[bucket];
      to[bucket] = at + 2;
      SHORT.set(sorted, at, (short) (four >>> 32));
      bucket = map[(int) (exponents >>> 48) & mask];
      at = to[bucket];
      to[bucket] = at + 2;
      SHORT.set(sorted, at, (short) (four >>> 48));
    }
    return 4 * words;
  }

  private int gather2(ElementType type, byte[] sorted, long[] base, int words, long[] lanes) {
    byte[] map = bucketOf;
    int[] from = next;
    int shift = type.exponentShift();
    int mask = type.exponentMask();
    for (int i = 0; i < words; i++) {
      long exponents = base[i] >>> shift;
      int bucket = map[(int) exponents & mask];
      int at = from[bucket];
      from[bucket] = at + 2;
      long four = (short) SHORT.get(sorted, at) & 0xffffL;
      bucket = map[(int) (exponents >>> 16) & mask];
      at = from[bucket];
      from[bucket] = at + 2;
      four |= ((short) SHORT.get(sorted, at) & 0xffffL) << 16;
      bucket = map[(int) (exponents >>> 32) & mask];
      at = from[bucket];
      from[bucket] = at + 2;
      four |= ((short) SHORT.get(sorted, at) & 0xffffL) << 32;
      bucket = map[(int) (exponents >>> 48) & mask];
      at = from[bucket];
      from[bucket] = at + 2;
      lanes[i] = four | ((short) SHORT.get(sorted, at) & 0xffffL) << 48;
    }
    return 4 * words;
  }

  private int scatter4(ElementType type, long[] lanes, long[] base, int words, byte[] sorted) {
    byte[] map = bucketOf;
    int[] to = next;
    int shift = type.exponentShift();
    int mask = type.exponentMask();
    for (int i = 0; i < words; i++) {
      long exponents = base[i] >>> shift;
      int bucket = map[(int) exponents & mask];
      int at = to[bucket];
      to[bucket] = at + 4;
      INT.set(sorted, at, (int) lanes[i]);
      bucket = map[(int) (exponents >>> 32) & mask];
      at = to[bucket];
      to[bucket] = at + 4;
      INT.set(sorted, at, (int) (lanes[i] >>> 32));
    }
    return 2 * words;
  }

  private int gather4(ElementType type, byte[] sorted, long[] base, int words, long[] lanes) {
    byte[] map = bucketOf;
    int[] from = next;
    int shift = type.exponentShift();
    int mask = type.exponentMask();
    for (int i = 0; i < words; i++) {
      long exponents = base[i] >>> shift;
      int bucket = map[(int) exponents & mask];
      int at = from[bucket];
      from[bucket] = at + 4;
      long two = (int) INT.get(sorted, at) & 0xffff_ffffL;
      bucket = map[(int) (exponents >>> 32) & mask];
      at = from[bucket];
      from[bucket] = at + 4;
      lanes[i] = two | (long) (int) INT.get(sorted, at) << 32;
    }
    return 2 * words;
  }
}
