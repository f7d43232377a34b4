package dev.germline.core.cbor;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes deterministic CBOR (RFC 8949 section 4.2.1): shortest heads, shortest floats, definite
 * lengths. Maps are written through {@link CborMap}, which sorts them. For one thread.
 */
public final class CborWriter {
  private byte[] buffer = new byte[256];
  private int size;

  /** An integer from -2^63 to 2^63-1. */
  public CborWriter integer(long value) {
    return value >= 0 ? head(0, value) : head(1, ~value);
  }

  /** A byte string. */
  public CborWriter bytes(byte[] value) {
    head(2, value.length);
    return raw(value);
  }

  /** A text string; it must be well-formed Unicode. */
  public CborWriter text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    head(3, utf8.length);
    return raw(utf8);
  }

  /** The head of an array; {@code count} items follow. */
  public CborWriter array(long count) {
    return head(4, count);
  }

  /** The head of a map; {@code count} pairs follow, which the caller has sorted. */
  public CborWriter map(long count) {
    return head(5, count);
  }

  /** A tag; one item follows. */
  public CborWriter tag(long number) {
    return head(6, number);
  }

  /** A simple value, 0 to 23 (20 false, 21 true, 22 null) or 32 to 255. */
  public CborWriter simple(int value) {
    return value < 24 ? put(7 << 5 | value) : put(7 << 5 | 24).put(value);
  }

  /** A float in the shortest of its three widths that keeps its value; NaN is f97e00. */
  public CborWriter real(double value) {
    if (Double.isNaN(value)) {
      return put(0xf9).big(0x7e00, 2);
    }
    float single = (float) value;
    if (Double.doubleToRawLongBits(single) != Double.doubleToRawLongBits(value)) {
      return put(0xfb).big(Double.doubleToRawLongBits(value), 8);
    }
    short half = Float.floatToFloat16(single);
    if (Float.float16ToFloat(half) == single) {
      return put(0xf9).big(half, 2);
    }
    return put(0xfa).big(Float.floatToRawIntBits(single), 4);
  }

  /** Bytes that are CBOR already. */
  public CborWriter raw(byte[] encoded) {
    reserve(encoded.length);
    System.arraycopy(encoded, 0, buffer, size, encoded.length);
    size += encoded.length;
    return this;
  }

  /** Head with an unsigned 64-bit argument. */
  CborWriter head(int major, long argument) {
    int m = major << 5;
    if (Long.compareUnsigned(argument, 24) < 0) {
      return put(m | (int) argument);
    }
    if (argument >>> 8 == 0) {
      return put(m | 24).big(argument, 1);
    }
    if (argument >>> 16 == 0) {
      return put(m | 25).big(argument, 2);
    }
    if (argument >>> 32 == 0) {
      return put(m | 26).big(argument, 4);
    }
    return put(m | 27).big(argument, 8);
  }

  /** Everything written so far. */
  public byte[] toBytes() {
    return Arrays.copyOf(buffer, size);
  }

  private CborWriter put(int b) {
    reserve(1);
    buffer[size++] = (byte) b;
    return this;
  }

  private CborWriter big(long value, int bytes) {
    reserve(bytes);
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
      buffer[size++] = (byte) (value >>> shift);
    }
    return this;
  }

  private void reserve(int more) {
    if (size + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(size + more, 2 * buffer.length));
    }
  }
}
