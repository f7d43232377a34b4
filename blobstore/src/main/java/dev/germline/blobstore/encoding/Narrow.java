package dev.germline.blobstore.encoding;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * 32-bit floats as 16-bit ones where not a bit is lost, and back. Owns a block of scratch memory
 * (56 KiB); not thread-safe.
 */
final class Narrow {
  private static final int BLOCK = 4096;
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long HIGH_HALVES = 0xffff_0000_ffff_0000L;
  private static final long TOPS = Lanes.tops(2);

  /** Added to a magnitude of 16 bits: carries into the top bit above infinity, that is for NaNs. */
  private static final long NAN_CARRY = 0x03ff_03ff_03ff_03ffL;

  private final float[] floats = new float[BLOCK];
  private final short[] halves = new short[BLOCK];
  private final byte[] bytes = new byte[4 * BLOCK];
  private final long[] words = new long[BLOCK / 4];

  /**
   * The narrower elements as lanes, or false with unspecified lanes if any element is not exactly
   * one of that type.
   *
   * @param elements of 4 bytes each
   */
  boolean narrow(Narrowing to, byte[] raw, int offset, int elements, long[] lanes) {
    return switch (to) {
      case NONE -> false;
      case F16 -> toF16(raw, offset, elements, lanes);
      case BF16 -> toBf16(raw, offset, elements, lanes);
    };
  }

  /** Undoes {@link #narrow}: from 2-byte elements to 4-byte elements. */
  void widen(Narrowing from, byte[] narrow, int elements, byte[] out, int offset) {
    switch (from) {
      case NONE -> throw new IllegalArgumentException("not narrowed");
      case F16 -> fromF16(narrow, elements, out, offset);
      case BF16 -> fromBf16(narrow, elements, out, offset);
    }
  }

  private boolean toBf16(byte[] raw, int offset, int elements, long[] lanes) {
    for (int from = 0; from < elements; from += BLOCK / 2) {
      int some = Math.min(BLOCK / 2, elements - from);
      int full = Lanes.words(4 * some);
      Lanes.load(raw, offset + 4 * from, 4 * some, words);
      if ((full & 1) != 0) {
        words[full] = 0;
      }
      long lost = 0;
      for (int i = 0; i < full; i++) {
        lost |= words[i];
      }
      if ((lost & ~HIGH_HALVES) != 0) {
        return false;
      }
      for (int i = 0, at = from / 4; i < full; i += 2, at++) {
        lanes[at] =
            Long.compress(words[i], HIGH_HALVES) | Long.compress(words[i + 1], HIGH_HALVES) << 32;
      }
    }
    return true;
  }

  private static void fromBf16(byte[] narrow, int elements, byte[] out, int offset) {
    int i = 0;
    for (; i + 4 <= elements; i += 4) {
      long four = (long) LONG.get(narrow, 2 * i);
      LONG.set(out, offset + 4 * i, Long.expand(four, HIGH_HALVES));
      LONG.set(out, offset + 4 * i + 8, Long.expand(four >>> 32, HIGH_HALVES));
    }
    for (; i < elements; i++) {
      out[offset + 4 * i] = 0;
      out[offset + 4 * i + 1] = 0;
      out[offset + 4 * i + 2] = narrow[2 * i];
      out[offset + 4 * i + 3] = narrow[2 * i + 1];
    }
  }

  private boolean toF16(byte[] raw, int offset, int elements, long[] lanes) {
    MemorySegment source = MemorySegment.ofArray(raw);
    MemorySegment scratch = MemorySegment.ofArray(bytes);
    for (int from = 0; from < elements; from += BLOCK) {
      int some = Math.min(BLOCK, elements - from);
      int at = offset + 4 * from;
      MemorySegment.copy(source, FLOAT, at, floats, 0, some);
      for (int i = 0; i < some; i++) {
        halves[i] = Float.floatToFloat16(floats[i]);
      }
      for (int i = 0; i < some; i++) {
        floats[i] = Float.float16ToFloat(halves[i]);
      }
      MemorySegment.copy(floats, 0, scratch, FLOAT, 0, some);
      if (Arrays.mismatch(raw, at, at + 4 * some, bytes, 0, 4 * some) >= 0) {
        return false;
      }
      MemorySegment.copy(halves, 0, scratch, SHORT, 0, some);
      Lanes.load(bytes, 0, 2 * some, words);
      int full = Lanes.words(2 * some);
      // Whether a conversion keeps the bits of a NaN depends on the machine: no NaNs, then.
      long nans = 0;
      for (int i = 0; i < full; i++) {
        nans |= (words[i] & ~TOPS) + NAN_CARRY;
      }
      if ((nans & TOPS) != 0) {
        return false;
      }
      System.arraycopy(words, 0, lanes, from / 4, full);
    }
    return true;
  }

  private void fromF16(byte[] narrow, int elements, byte[] out, int offset) {
    MemorySegment source = MemorySegment.ofArray(narrow);
    MemorySegment target = MemorySegment.ofArray(out);
    for (int from = 0; from < elements; from += BLOCK) {
      int some = Math.min(BLOCK, elements - from);
      MemorySegment.copy(source, SHORT, 2L * from, halves, 0, some);
      for (int i = 0; i < some; i++) {
        floats[i] = Float.float16ToFloat(halves[i]);
      }
      MemorySegment.copy(floats, 0, target, FLOAT, offset + 4L * from, some);
    }
  }
}
