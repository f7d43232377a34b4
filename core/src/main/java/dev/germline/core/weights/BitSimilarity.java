package dev.germline.core.weights;

import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How alike the floats of two models are by the bits that more training hardly changes: the sign
 * and the exponent. Over all pairs of corresponding elements
 *
 * <pre>similarity = 1 - mean(popcount((a xor b) and mask) / popcount(mask))</pre>
 *
 * where the mask covers sign and exponent (BF16 and F32 9 bits, F16 6, F64 12, F8_E4M3 5, F8_E5M2
 * 6). Pairs that are both zero say nothing and are left out. It is 1 for equal weights and near it
 * for a model and what was fine-tuned from it; of models trained apart half of the signs and some
 * low bits of the exponents differ, which leaves 0.7 to 0.87.
 *
 * <p>Not thread-safe.
 */
public final class BitSimilarity {
  private double distance;
  private long pairs;

  private enum Element {
    F64(8, 0xfff0_0000_0000_0000L),
    F32(4, 0xff80_0000L),
    BF16(2, 0xff80L),
    F16(2, 0xfc00L),
    F8_E4M3(1, 0xf8L),
    F8_E5M2(1, 0xfcL);

    private final int width;
    private final long mask;

    Element(int width, long mask) {
      this.width = width;
      this.mask = mask;
    }

    /** All bits but the sign. */
    private long magnitude() {
      return (1L << (width * 8 - 1)) - 1;
    }

    private static @Nullable Element of(String dtype) {
      return switch (dtype.toUpperCase(Locale.ROOT)) {
        case "F64", "DOUBLE" -> F64;
        case "F32", "FLOAT" -> F32;
        case "BF16", "BFLOAT16" -> BF16;
        case "F16", "FLOAT16" -> F16;
        case "F8_E4M3", "FLOAT8E4M3FN" -> F8_E4M3;
        case "F8_E5M2", "FLOAT8E5M2" -> F8_E5M2;
        default -> null;
      };
    }
  }

  /**
   * Bytes of an element of a type, by the name any format has for it (safetensors, ONNX, GGUF).
   *
   * @return 0 for one that cannot be compared: whole numbers and quantised blocks
   */
  public static int width(String dtype) {
    @Nullable Element element = Element.of(dtype);
    return element == null ? 0 : element.width;
  }

  /**
   * Compares elements of two models that lie at the same places.
   *
   * @param dtype one that {@link #width} is not 0 for
   * @param a whole elements, little-endian
   * @param b as many
   */
  public void add(String dtype, byte[] a, byte[] b) {
    Element element = Objects.requireNonNull(Element.of(dtype), dtype);
    if (a.length != b.length || a.length % element.width != 0) {
      throw new IllegalArgumentException(a.length + " and " + b.length + " bytes of " + dtype);
    }
    long bits = 0;
    long counted = 0;
    for (int at = 0; at < a.length; at += element.width) {
      long left = read(a, at, element.width);
      long right = read(b, at, element.width);
      if (((left | right) & element.magnitude()) != 0) {
        bits += Long.bitCount((left ^ right) & element.mask);
        counted++;
      }
    }
    distance += (double) bits / Long.bitCount(element.mask);
    pairs += counted;
  }

  private static long read(byte[] bytes, int at, int width) {
    long value = 0;
    for (int i = width - 1; i >= 0; i--) {
      value = value << 8 | (bytes[at + i] & 0xff);
    }
    return value;
  }

  /** From 0 to 1; empty before any pair was counted. */
  public OptionalDouble value() {
    return pairs == 0 ? OptionalDouble.empty() : OptionalDouble.of(1 - distance / pairs);
  }
}
