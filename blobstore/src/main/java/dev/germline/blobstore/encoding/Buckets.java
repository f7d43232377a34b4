package dev.germline.blobstore.encoding;

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

  /** An exponent that few elements have, at the top, does not get a bucket of its own. */
  private static final double WORTH_A_BUCKET = 1.0 / (1 << 14);

  private final int[] sizes = new int[MAX];

  /** Where the next element of a bucket lies, and where the bucket ends, in bytes. */
  private final int[] next = new int[MAX];

  private final int[] ends = new int[MAX];
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
    int lanes = 8 / type.width();
    int words = elements / lanes;
    int[] histogram = BucketLoops.count(type, base, words);
    for (int i = words * lanes; i < elements; i++) {
      long lane = lane(base, i, type.width());
      histogram[(int) (lane >>> type.exponentShift()) & type.exponentMask()]++;
    }
    int top = type.exponentMask();
    while (top > 0 && histogram[top] <= WORTH_A_BUCKET * elements) {
      top--;
    }
    int bottom = 0;
    while (bottom < top && histogram[bottom] == 0) {
      bottom++;
    }
    first = Math.max(bottom, top - MAX + 1);
    count = top - first + 1;
    Arrays.fill(sizes, 0);
    for (int e = 0; e < histogram.length; e++) {
      sizes[bucket(e)] += histogram[e];
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

  private static long lane(long[] words, int element, int width) {
    int lanes = 8 / width;
    return words[element / lanes] >>> (8 * width * (element % lanes));
  }

  private void start(int width) {
    int at = 0;
    for (int b = 0; b < count; b++) {
      next[b] = at;
      at += sizes[b] * width;
      ends[b] = at;
    }
  }

  /** Puts the bucket of each lane of the base into a lane; both may be one array. */
  private void mark(ElementType type, long[] base, int words, long[] marks) {
    Lanes.clamped(
        base,
        marks,
        words,
        type.width(),
        type.exponentShift(),
        type.exponentMask(),
        first,
        count - 1);
  }

  /**
   * Writes the lanes as elements, bucket after bucket.
   *
   * @param base becomes the buckets' numbers
   */
  void scatter(ElementType type, long[] lanes, long[] base, int elements, byte[] sorted) {
    int width = type.width();
    int words = elements * width / 8;
    start(width);
    mark(type, base, Lanes.words(elements * width), base);
    BucketLoops.scatter(width, lanes, base, words, sorted, next);
    for (int i = words * 8 / width; i < elements; i++) {
      long lane = lane(lanes, i, width);
      int at = place(base, i, width);
      for (int k = 0; k < width; k++) {
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
    int width = type.width();
    int words = elements * width / 8;
    start(width);
    mark(type, base, Lanes.words(elements * width), lanes);
    try {
      BucketLoops.gather(width, sorted, lanes, words, next);
      long last = 0;
      for (int i = words * 8 / width; i < elements; i++) {
        int at = place(lanes, i, width);
        for (int k = 0; k < width; k++) {
          last |= (sorted[at + k] & 0xffL) << (8 * (i * width % 8 + k));
        }
      }
      if (words * 8 < elements * width) {
        lanes[words] = last;
      }
    } catch (IndexOutOfBoundsException ranOut) {
      return false;
    }
    return Arrays.equals(next, 0, count, ends, 0, count);
  }

  private int place(long[] marks, int element, int width) {
    int bucket = (int) lane(marks, element, width) & (MAX - 1);
    int at = next[bucket];
    next[bucket] = at + width;
    return at;
  }
}
