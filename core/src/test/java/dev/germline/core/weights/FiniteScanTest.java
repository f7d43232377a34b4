package dev.germline.core.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiniteScanTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 8, 64})
  void numbersAreCountedHoweverTheBytesAreCut(int step) {
    ByteBuffer doubles = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
    for (double v : new double[] {1, Double.NaN, -0.0, Double.NEGATIVE_INFINITY, 1e308}) {
      doubles.putDouble(v);
    }
    assertThat(notFinite("F64", doubles.array(), step)).isEqualTo(2);
    ByteBuffer floats = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    for (float v : new float[] {1, Float.NaN, Float.POSITIVE_INFINITY, Float.MAX_VALUE}) {
      floats.putFloat(v);
    }
    assertThat(notFinite("F32", floats.array(), step)).isEqualTo(2);
    ByteBuffer halves = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    for (float v : new float[] {65504, Float.NaN, Float.NEGATIVE_INFINITY, 0}) {
      halves.putShort(Float.floatToFloat16(v));
    }
    assertThat(notFinite("F16", halves.array(), step)).isEqualTo(2);
    byte[] brains = {0, 0, (byte) 0x80, 0x7f, (byte) 0xc0, (byte) 0xff, 0x7f, 0x7f};
    assertThat(notFinite("BF16", brains, step)).isEqualTo(2);
  }

  @Test
  void smallFloatsHaveTheirOwnRules() {
    byte[] bytes = {0x7c, 0x7f, (byte) 0xff, 0x7b, 0x7e};
    assertThat(notFinite("F8_E5M2", bytes, 2)).isEqualTo(4);
    assertThat(notFinite("F8_E4M3", bytes, 2)).isEqualTo(2);
    assertThat(notFinite("I8", bytes, 2)).isZero();
    assertThat(FiniteScan.of("Q4_K")).isEmpty();
  }

  private static long notFinite(String dtype, byte[] bytes, int step) {
    FiniteScan scan = FiniteScan.of(dtype).orElseThrow();
    for (int i = 0; i < bytes.length; i += step) {
      scan.update(bytes, i, Math.min(step, bytes.length - i));
    }
    return scan.notFinite();
  }
}
