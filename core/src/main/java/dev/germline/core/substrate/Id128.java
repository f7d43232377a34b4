package dev.germline.core.substrate;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.UUID;

/** What the 128-bit id types have in common: layout, order and spelling. */
final class Id128 {
  static final int BYTES = 16;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Id128() {}

  static long hi(byte[] bytes, int offset) {
    return (long) LONG.get(bytes, offset);
  }

  static long lo(byte[] bytes, int offset) {
    return (long) LONG.get(bytes, offset + 8);
  }

  static void copyTo(long hi, long lo, byte[] target, int offset) {
    LONG.set(target, offset, hi);
    LONG.set(target, offset + 8, lo);
  }

  static byte[] bytes(long hi, long lo) {
    byte[] out = new byte[BYTES];
    copyTo(hi, lo, out, 0);
    return out;
  }

  static int compare(long hi, long lo, long otherHi, long otherLo) {
    int order = Long.compareUnsigned(hi, otherHi);
    return order != 0 ? order : Long.compareUnsigned(lo, otherLo);
  }

  static String format(long hi, long lo) {
    return new UUID(hi, lo).toString();
  }

  static void requireLength(byte[] bytes, String what) {
    if (bytes.length != BYTES) {
      throw new GermlineException(
          Fault.INVALID_ID, "a %s has 16 bytes, these are %d".formatted(what, bytes.length));
    }
  }

  static byte[] parse(String text, String what) {
    boolean dashed =
        text.length() == 36
            && text.charAt(8) == '-'
            && text.charAt(13) == '-'
            && text.charAt(18) == '-'
            && text.charAt(23) == '-';
    return Hex.decode(dashed ? text.replace("-", "") : text, BYTES, what);
  }
}
