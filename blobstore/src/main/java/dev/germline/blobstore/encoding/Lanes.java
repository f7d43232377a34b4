package dev.germline.blobstore.encoding;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Elements as 64-bit words of 1, 2, 4 or 8 lanes, lowest element in the lowest bits. Plain loops
 * over {@code long[]} that compute on all lanes of a word at once: the compiler turns them into the
 * widest vectors of the machine, which it does not do for loops over bytes or shorts.
 */
final class Lanes {
  private static final ValueLayout.OfLong LITTLE_ENDIAN =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Lanes() {}

  /** Words that hold so many bytes. */
  static int words(int bytes) {
    return (bytes + 7) >>> 3;
  }

  /** Fills words from bytes; lanes beyond the bytes become 0. */
  static void load(byte[] bytes, int offset, int length, long[] words) {
    if (length == 0) {
      return;
    }
    int whole = length >>> 3;
    MemorySegment.copy(MemorySegment.ofArray(bytes), LITTLE_ENDIAN, offset, words, 0, whole);
    if ((length & 7) != 0) {
      long last = 0;
      for (int i = length - 1; i >= whole << 3; i--) {
        last = last << 8 | (bytes[offset + i] & 0xff);
      }
      words[whole] = last;
    }
  }

  /** Writes the first bytes of words. */
  static void store(long[] words, byte[] bytes, int offset, int length) {
    int whole = length >>> 3;
    MemorySegment.copy(words, 0, MemorySegment.ofArray(bytes), LITTLE_ENDIAN, offset, whole);
    for (int i = whole << 3; i < length; i++) {
      bytes[offset + i] = (byte) (words[whole] >>> (i << 3));
    }
  }

  /**
   * Replaces each lane by its difference to the base's lane, modulo the lane, small ones first: 0,
   * -1, 1, -2, ...
   *
   * @param width bytes of a lane
   * @param signedMagnitude whether lanes are first put in the order of the floats they hold
   */
  static void difference(long[] lanes, long[] base, int words, int width, boolean signedMagnitude) {
    long tops = tops(width);
    int top = 8 * width - 1;
    long ones = tops >>> top;
    if (signedMagnitude) {
      for (int i = 0; i < words; i++) {
        long child = ordered(lanes[i], ones, top);
        long parent = ordered(base[i], ones, top);
        lanes[i] = zigzag(minus(child, parent, tops), tops, ones, top);
      }
    } else {
      for (int i = 0; i < words; i++) {
        lanes[i] = zigzag(minus(lanes[i], base[i], tops), tops, ones, top);
      }
    }
  }

  /** Undoes {@link #difference}: the child's lanes from the differences and the base. */
  static void sum(long[] lanes, long[] base, int words, int width, boolean signedMagnitude) {
    long tops = tops(width);
    int top = 8 * width - 1;
    long ones = tops >>> top;
    if (signedMagnitude) {
      for (int i = 0; i < words; i++) {
        long parent = ordered(base[i], ones, top);
        lanes[i] = ordered(plus(unzigzag(lanes[i], tops, ones, top), parent, tops), ones, top);
      }
    } else {
      for (int i = 0; i < words; i++) {
        lanes[i] = plus(unzigzag(lanes[i], tops, ones, top), base[i], tops);
      }
    }
  }

  /**
   * Replaces each lane of {@code to} by {@code clamp(field - first, 0, last)} of the lane of {@code
   * from}; both may be one array.
   *
   * @param shift of the field's lowest bit
   * @param mask of the field's bits once shifted down, fewer than the lane has
   */
  static void clamped(
      long[] from, long[] to, int words, int width, int shift, int mask, int first, int last) {
    long tops = tops(width);
    int top = 8 * width - 1;
    long ones = tops >>> top;
    long masks = mask * ones;
    long firsts = first * ones;
    long lasts = last * ones;
    for (int i = 0; i < words; i++) {
      long above = (((from[i] >>> shift) & masks) | tops) - firsts; // top bit: not below first
      long notBelow = (above >>> top) & ones;
      above &= (notBelow << top) - notBelow;
      long notOver = (((lasts | tops) - above) >>> top) & ones;
      long keep = (notOver << top) - notOver;
      to[i] = (above & keep) | (lasts & ~keep);
    }
  }

  /** The top bit of every lane. */
  static long tops(int width) {
    return switch (width) {
      case 1 -> 0x8080_8080_8080_8080L;
      case 2 -> 0x8000_8000_8000_8000L;
      case 4 -> 0x8000_0000_8000_0000L;
      default -> 0x8000_0000_0000_0000L;
    };
  }

  /** Sign and magnitude to an order as of two's complement, and back: negative lanes flip. */
  private static long ordered(long lanes, long ones, int top) {
    long negative = (lanes >>> top) & ones;
    return lanes ^ ((negative << top) - negative);
  }

  private static long minus(long a, long b, long tops) {
    return ((a | tops) - (b & ~tops)) ^ ((a ^ ~b) & tops);
  }

  private static long plus(long a, long b, long tops) {
    return ((a & ~tops) + (b & ~tops)) ^ ((a ^ b) & tops);
  }

  private static long zigzag(long lanes, long tops, long ones, int top) {
    long negative = (lanes >>> top) & ones;
    long high = negative << top;
    return ((lanes & ~tops) << 1) ^ (high | (high - negative));
  }

  private static long unzigzag(long lanes, long tops, long ones, int top) {
    long negative = lanes & ones;
    long high = negative << top;
    return ((lanes >>> 1) & ~tops) ^ (high | (high - negative));
  }
}
