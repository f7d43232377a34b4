package dev.germline.blobstore.encoding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Elements split by the byte: plane k holds byte k of each element, plane 0 the lowest. The planes
 * lie one after the other. Eight elements at a time through {@code Long.compress} and {@code
 * expand}, one instruction each on x86-64 and a few on others.
 */
final class Planes {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long HALVES = 0x00ff_00ff_00ff_00ffL;
  private static final long QUARTERS = 0x0000_00ff_0000_00ffL;

  private Planes() {}

  /** Writes {@code elements * width} bytes of planes from 0 on. */
  static void split(byte[] in, int offset, int elements, int width, byte[] planes) {
    int done =
        switch (width) {
          case 1 -> copy(in, offset, elements, planes, 0);
          case 2 -> split2(in, offset, elements, planes);
          case 4 -> split4(in, offset, elements, planes);
          default -> 0;
        };
    for (int k = 0; k < width; k++) {
      for (int i = done; i < elements; i++) {
        planes[k * elements + i] = in[offset + i * width + k];
      }
    }
  }

  /** Undoes {@link #split}. */
  static void merge(byte[] planes, int elements, int width, byte[] out, int offset) {
    int done =
        switch (width) {
          case 1 -> copy(planes, 0, elements, out, offset);
          case 2 -> merge2(planes, elements, out, offset);
          case 4 -> merge4(planes, elements, out, offset);
          default -> 0;
        };
    for (int k = 0; k < width; k++) {
      for (int i = done; i < elements; i++) {
        out[offset + i * width + k] = planes[k * elements + i];
      }
    }
  }

  private static int copy(byte[] from, int fromOffset, int length, byte[] to, int toOffset) {
    System.arraycopy(from, fromOffset, to, toOffset, length);
    return length;
  }

  private static int split2(byte[] in, int offset, int elements, byte[] planes) {
    int i = 0;
    for (; i + 8 <= elements; i += 8) {
      long a = (long) LONG.get(in, offset + 2 * i);
      long b = (long) LONG.get(in, offset + 2 * i + 8);
      LONG.set(planes, i, Long.compress(a, HALVES) | Long.compress(b, HALVES) << 32);
      LONG.set(planes, elements + i, Long.compress(a, ~HALVES) | Long.compress(b, ~HALVES) << 32);
    }
    return i;
  }

  private static int merge2(byte[] planes, int elements, byte[] out, int offset) {
    int i = 0;
    for (; i + 8 <= elements; i += 8) {
      long low = (long) LONG.get(planes, i);
      long high = (long) LONG.get(planes, elements + i);
      LONG.set(out, offset + 2 * i, Long.expand(low, HALVES) | Long.expand(high, ~HALVES));
      LONG.set(
          out,
          offset + 2 * i + 8,
          Long.expand(low >>> 32, HALVES) | Long.expand(high >>> 32, ~HALVES));
    }
    return i;
  }

  private static int split4(byte[] in, int offset, int elements, byte[] planes) {
    int i = 0;
    for (; i + 8 <= elements; i += 8) {
      long a = (long) LONG.get(in, offset + 4 * i);
      long b = (long) LONG.get(in, offset + 4 * i + 8);
      long c = (long) LONG.get(in, offset + 4 * i + 16);
      long d = (long) LONG.get(in, offset + 4 * i + 24);
      for (int k = 0; k < 4; k++) {
        long mask = QUARTERS << (8 * k);
        LONG.set(
            planes,
            k * elements + i,
            Long.compress(a, mask)
                | Long.compress(b, mask) << 16
                | Long.compress(c, mask) << 32
                | Long.compress(d, mask) << 48);
      }
    }
    return i;
  }

  private static int merge4(byte[] planes, int elements, byte[] out, int offset) {
    int i = 0;
    for (; i + 8 <= elements; i += 8) {
      long a = (long) LONG.get(planes, i);
      long b = (long) LONG.get(planes, elements + i);
      long c = (long) LONG.get(planes, 2 * elements + i);
      long d = (long) LONG.get(planes, 3 * elements + i);
      for (int k = 0; k < 4; k++) {
        LONG.set(
            out,
            offset + 4 * i + 8 * k,
            Long.expand(a >>> (16 * k), QUARTERS)
                | Long.expand(b >>> (16 * k), QUARTERS << 8)
                | Long.expand(c >>> (16 * k), QUARTERS << 16)
                | Long.expand(d >>> (16 * k), QUARTERS << 24));
      }
    }
    return i;
  }
}
