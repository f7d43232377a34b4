package dev.germline.core.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class BitSimilarityTest {
  private static final int ELEMENTS = 2048;

  private static double of(String dtype, byte[] a, byte[] b) {
    BitSimilarity similarity = new BitSimilarity();
    similarity.add(dtype, a, b);
    return similarity.value().orElse(Double.NaN);
  }

  @Provide
  Arbitrary<String> dtypes() {
    return Arbitraries.of(
        "F64", "DOUBLE", "F32", "FLOAT", "BF16", "BFLOAT16", "F16", "F8_E4M3", "F8_E5M2");
  }

  private static byte[] bytes(long seed, String dtype) {
    byte[] bytes = new byte[64 * BitSimilarity.width(dtype)];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @Property(tries = 200)
  void itIsSymmetricFromZeroToOneAndOneForTheSame(
      @ForAll long one, @ForAll long other, @ForAll("dtypes") String dtype) {
    byte[] a = bytes(one, dtype);
    byte[] b = bytes(other, dtype);
    assertThat(of(dtype, a, b)).isBetween(0.0, 1.0).isEqualTo(of(dtype, b, a));
    assertThat(of(dtype, a, a)).isEqualTo(1);
  }

  @Property(tries = 200)
  void onlySignAndExponentCount(@ForAll long seed) {
    byte[] a = bytes(seed, "F32");
    byte[] mantissa = a.clone();
    byte[] sign = a.clone();
    for (int i = 0; i < a.length; i += 4) {
      mantissa[i] ^= (byte) 0xff;
      mantissa[i + 1] ^= (byte) 0xff;
      mantissa[i + 2] ^= 0x7f;
      sign[i + 3] ^= (byte) 0x80;
    }
    assertThat(of("F32", a, mantissa)).isEqualTo(1);
    assertThat(of("F32", a, sign)).isCloseTo(1 - 1 / 9.0, within(1e-9));
  }

  @Property(tries = 100)
  void splittingTheSampleChangesNothing(@ForAll long one, @ForAll long other) {
    byte[] a = bytes(one, "BF16");
    byte[] b = bytes(other, "BF16");
    BitSimilarity parts = new BitSimilarity();
    for (int at = 0; at < a.length; at += 32) {
      parts.add("BF16", Arrays.copyOfRange(a, at, at + 32), Arrays.copyOfRange(b, at, at + 32));
    }
    assertThat(parts.value().orElseThrow()).isCloseTo(of("BF16", a, b), within(1e-12));
  }

  @Test
  void zerosOnBothSidesSayNothing() {
    BitSimilarity similarity = new BitSimilarity();
    similarity.add("F32", new byte[400], new byte[400]);
    assertThat(similarity.value()).isEmpty();
    byte[] minus = new byte[4];
    minus[3] = (byte) 0x80;
    similarity.add("F32", minus, new byte[4]);
    assertThat(similarity.value()).isEmpty();
  }

  @Test
  void wholeNumbersAndBlocksAreNotCompared() {
    assertThat(BitSimilarity.width("I32")).isZero();
    assertThat(BitSimilarity.width("Q4_K")).isZero();
  }

  /** A fine-tuned model and one of the same architecture trained apart, by every type. */
  @Test
  void fineTuningScoresClearlyAboveModelsTrainedApart() {
    for (String dtype : new String[] {"F32", "BF16", "F16"}) {
      float[] base = weights(1);
      float[] tuned = base.clone();
      Random random = new Random(2);
      for (int i = 0; i < tuned.length; i++) {
        tuned[i] += (float) random.nextGaussian() * 0.001f;
      }
      double related = of(dtype, encode(dtype, base), encode(dtype, tuned));
      double apart = of(dtype, encode(dtype, base), encode(dtype, weights(3)));
      assertThat(related).as(dtype).isGreaterThan(0.94);
      assertThat(apart).as(dtype).isLessThan(0.88);
    }
  }

  private static float[] weights(long seed) {
    Random random = new Random(seed);
    float[] weights = new float[ELEMENTS];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextGaussian() * 0.04f;
    }
    return weights;
  }

  private static byte[] encode(String dtype, float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * BitSimilarity.width(dtype))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      switch (dtype) {
        case "BF16" -> bytes.putShort((short) (Float.floatToIntBits(value) >>> 16));
        case "F16" -> bytes.putShort(Float.floatToFloat16(value));
        default -> bytes.putFloat(value);
      }
    }
    return bytes.array();
  }
}
