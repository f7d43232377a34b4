package dev.germline.blobstore.encoding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Elements split into as many planes as they have bytes; the planes lie one after the other. In the
 * plain split plane k holds byte k of each element, plane 0 the lowest. {@link #values} moves the
 * sign of floats, which is random, out of the highest plane, so that this is the exponent and
 * nothing else (bfloat16 and binary32).
 *
 * <p>Eight elements at a time through {@code Long.compress} and {@code expand}, one instruction
 * each on x86-64 and a few on others.
 */
final class Planes {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final Planes BYTES_1 = new Planes(0xff);
  private static final Planes BYTES_2 = new Planes(0xff, 0xff00);
  private static final Planes BYTES_4 = new Planes(0xff, 0xff00, 0xff0000, 0xff000000L);
  private static final Planes BYTES_8 =
      new Planes(
          0xff,
          0xff00,
          0xff0000,
          0xff000000L,
          0xff_0000_0000L,
          0xff00_0000_0000L,
          0xff_0000_0000_0000L,
          0xff00_0000_0000_0000L);
  private static final Planes FLOATS_2 = new Planes(0x807f, 0x7f80);
  private static final Planes FLOATS_4 = new Planes(0xff, 0xff00, 0x807f0000L, 0x7f800000);

  private final int width;

  /** For each plane which bits of an element are in it, lowest first; eight of them. */
  private final long[] bits;

  /** The same for every element of a 64-bit word. */
  private final long[] masks;

  private Planes(long... bits) {
    this.width = bits.length;
    this.bits = bits;
    this.masks = new long[width];
    for (int k = 0; k < width; k++) {
      for (int lane = 0; lane < 8; lane += width) {
        masks[k] |= bits[k] << (8 * lane);
      }
    }
  }

  /** The split for values of a type. */
  static Planes values(ElementType type) {
    return switch (type) {
      case F16, BF16 -> FLOATS_2;
      case F32 -> FLOATS_4;
      case BYTES, I8, I16, I32, I64, F8, F64 -> differences(type.width());
    };
  }

  /** The split for differences, which have no sign left. */
  static Planes differences(int width) {
    return switch (width) {
      case 1 -> BYTES_1;
      case 2 -> BYTES_2;
      case 4 -> BYTES_4;
      default -> BYTES_8;
    };
  }

  /** Writes {@code elements * width} bytes of planes from 0 on. */
  void split(byte[] in, int offset, int elements, byte[] planes) {
    int done =
        switch (width) {
          case 1 -> copy(in, offset, elements, planes, 0);
          case 2 -> split2(in, offset, elements, planes);
          case 4 -> split4(in, offset, elements, planes);
          default -> 0;
        };
    for (int i = done; i < elements; i++) {
      long element = 0;
      for (int k = 0; k < width; k++) {
        element |= (in[offset + i * width + k] & 0xffL) << (8 * k);
      }
      for (int k = 0; k < width; k++) {
        planes[k * elements + i] = (byte) Long.compress(element, bits[k]);
      }
    }
  }

  /** Undoes {@link #split}. */
  void merge(byte[] planes, int elements, byte[] out, int offset) {
    int done =
        switch (width) {
          case 1 -> copy(planes, 0, elements, out, offset);
          case 2 -> merge2(planes, elements, out, offset);
          case 4 -> merge4(planes, elements, out, offset);
          default -> 0;
        };
    for (int i = done; i < elements; i++) {
      long element = 0;
      for (int k = 0; k < width; k++) {
        element |= Long.expand(planes[k * elements + i] & 0xffL, bits[k]);
      }
      for (int k = 0; k < width; k++) {
        out[offset + i * width + k] = (byte) (element >>> (8 * k));
      }
    }
  }

  private static int copy(byte[] from, int fromOffset, int length, byte[] to, int toOffset) {
    System.arraycopy(from, fromOffset, to, toOffset, length);
    return length;
  }

  private int split2(byte[] in, int offset, int elements, byte[] planes) {
    long low = masks[0];
    long high = masks[1];
    int i = 0;
    for (; i + 8 <= elements; i += 8) {
      long a = (long) LONG.get(in, offset + 2 * i);
      long b = (long) LONG.get(in, offset + 2 * i + 8);
      LONG.set(planes, i, Long.compress(a, low) | Long.compress(b, low) << 32);
      LONG.set(planes, elements + i, Long.compress(a, high) | Long.compress(b, high) << 32);
    }
    return i;
  }

  private int merge2(byte[] planes, int elements, byte[] out, int offset) {
    long low = masks[0];
    long high = masks[1];
    int i = 0;
    for (; i + 8 <= elements; i += 8) {
      long a = (long) LONG.get(planes, i);
      long b = (long) LONG.get(planes, elements + i);
      LONG.set(out, offset + 2 * i, Long.expand(a, low) | Long.expand(b, high));
      LONG.set(out, offset + 2 * i + 8, Long.expand(a >>> 32, low) | Long.expand(b >>> 32, high));
    }
    return i;
  }

  private int split4(byte[] in, int offset, int elements, byte[] planes) {
    int i = 0;
    for (; i + 8 <= elements; i += 8) {
      long a = (long) LONG.get(in, offset + 4 * i);
      long b = (long) LONG.get(in, offset + 4 * i + 8);
      long c = (long) LONG.get(in, offset + 4 * i + 16);
      long d = (long) LONG.get(in, offset + 4 * i + 24);
      for (int k = 0; k < 4; k++) {
        long mask = masks[k];
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

  private int merge4(byte[] planes, int elements, byte[] out, int offset) {
    long first = masks[0];
    long second = masks[1];
    long third = masks[2];
    long fourth = masks[3];
    int i = 0;
    for (; i + 8 <= elements; i += 8) {
      long a = (long) LONG.get(planes, i);
      long b = (long) LONG.get(planes, elements + i);
      long c = (long) LONG.get(planes, 2 * elements + i);
      long d = (long) LONG.get(planes, 3 * elements + i);
      for (int k = 0; k < 4; k++) {
        int shift = 16 * k;
        LONG.set(
            out,
            offset + 4 * i + 8 * k,
            Long.expand(a >>> shift, first)
                | Long.expand(b >>> shift, second)
                | Long.expand(c >>> shift, third)
                | Long.expand(d >>> shift, fourth));
      }
    }
    return i;
  }
}
