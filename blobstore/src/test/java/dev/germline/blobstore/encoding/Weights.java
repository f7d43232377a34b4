package dev.germline.blobstore.encoding;

import java.util.Arrays;
import java.util.Random;

/** Made-up weights of every kind that matters to a codec. */
final class Weights {
  /** What the elements look like. */
  enum Kind {
    RANDOM,
    /** Normally distributed, as trained weights are. */
    TRAINED,
    /** As {@link #TRAINED} but each value exact in 16-bit floats. */
    TRAINED_AS_F16,
    TRAINED_AS_BF16,
    CONSTANT,
    ZERO,
    /** NaNs with payloads, infinities, denormals, both zeros. */
    SPECIAL,
    /** Special values that binary16 holds, without NaNs. */
    SPECIAL_AS_F16,
    REPETITIVE
  }

  private static final int[] SPECIAL_BITS = {
    0x7f800000, 0xff800000, 0x7fc00000, 0xffc00000, 0x7f800001, 0x7fffffff, 0xff812345, 0,
    0x80000000, 1, 0x80000001, 0x007fffff, 0x00400000, 0x3f800000, 0x7f7fffff, 0x33800000
  };

  private Weights() {}

  static byte[] of(Kind kind, ElementType type, int length, long seed) {
    Random random = new Random(seed);
    byte[] bytes = new byte[length];
    int constant = random.nextInt();
    for (int at = 0; at < length; at += type.width()) {
      long element =
          switch (kind) {
            case RANDOM -> random.nextLong();
            case TRAINED -> bits(type, (float) (random.nextGaussian() * 0.05));
            case TRAINED_AS_F16 -> bits(type, asF16((float) (random.nextGaussian() * 0.05)));
            case TRAINED_AS_BF16 -> bits(type, asBf16((float) (random.nextGaussian() * 0.05)));
            case CONSTANT -> constant * 0x1_0000_0001L;
            case ZERO -> 0;
            case SPECIAL ->
                special(type, SPECIAL_BITS[random.nextInt(SPECIAL_BITS.length)], random.nextLong());
            case SPECIAL_AS_F16 -> bits(type, f16Special(random));
            case REPETITIVE -> at / type.width() % 37 * 0x0101L;
          };
      put(bytes, at, type.width(), element);
    }
    return bytes;
  }

  /** The weights after some more training: all moved a little, floats by amounts of one size. */
  static byte[] near(byte[] weights, ElementType type, long seed) {
    Random random = new Random(seed);
    byte[] bytes = weights.clone();
    for (int at = 0; at + type.width() <= bytes.length; at += type.width()) {
      double step = random.nextGaussian();
      long element = get(bytes, at, type.width());
      put(
          bytes,
          at,
          type.width(),
          switch (type) {
            case F32 -> bits(type, Float.intBitsToFloat((int) element) + (float) step * 0.001f);
            case BF16 ->
                bits(type, Float.intBitsToFloat((int) element << 16) + (float) step * 0.001f);
            case F16 -> bits(type, Float.float16ToFloat((short) element) + (float) step * 0.001f);
            case BYTES, I8, I16, I32, I64, F8, F64 -> element + (long) (step * 3);
          });
    }
    return bytes;
  }

  /** As {@link #near}, of 32-bit floats that all stay exact in 16 bits. */
  static byte[] nearAsF16(byte[] weights, long seed) {
    byte[] bytes = near(weights, ElementType.F32, seed);
    for (int at = 0; at + 4 <= bytes.length; at += 4) {
      float value = Float.intBitsToFloat((int) get(bytes, at, 4));
      put(bytes, at, 4, Float.floatToRawIntBits(asF16(value)));
    }
    return bytes;
  }

  static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  static float asF16(float value) {
    return Float.float16ToFloat(Float.floatToFloat16(value));
  }

  static float asBf16(float value) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(value) & 0xffff0000);
  }

  private static long bits(ElementType type, float value) {
    return switch (type) {
      case F64 -> Double.doubleToRawLongBits(value);
      case F32 -> Float.floatToRawIntBits(value);
      case F16 -> Float.floatToFloat16(value);
      case BF16 -> Float.floatToRawIntBits(value) >>> 16;
      case F8 -> Float.floatToFloat16(value) >>> 8;
      case BYTES, I8, I16, I32, I64 -> (long) (value * 600);
    };
  }

  private static long special(ElementType type, int bits, long payload) {
    return switch (type) {
      case F64 -> (long) bits << 32 | (payload & 0xffff);
      case BF16, F16, I16 -> bits >>> 16 | (payload & 1);
      case F8, BYTES, I8 -> bits >>> 24 | (payload & 1);
      case F32, I32, I64 -> bits | (payload & 1);
    };
  }

  private static float f16Special(Random random) {
    short bits = (short) random.nextInt();
    float value = Float.float16ToFloat((random.nextInt(4) == 0) ? (short) (bits & 0x83ff) : bits);
    return Float.isNaN(value) ? Float.NEGATIVE_INFINITY : value;
  }

  /** Little-endian, cut off at the end of the array. */
  static void put(byte[] bytes, int at, int width, long element) {
    for (int k = 0; k < width && at + k < bytes.length; k++) {
      bytes[at + k] = (byte) (element >>> (8 * k));
    }
  }

  static long get(byte[] bytes, int at, int width) {
    long element = 0;
    for (int k = 0; k < width; k++) {
      element |= (bytes[at + k] & 0xffL) << (8 * k);
    }
    return element;
  }
}
