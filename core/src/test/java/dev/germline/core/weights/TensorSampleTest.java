package dev.germline.core.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TensorSampleTest {
  private static TensorSpan tensor(String name, String dtype, long... shape) {
    List<Long> dimensions = new ArrayList<>();
    long elements = 1;
    for (long dimension : shape) {
      dimensions.add(dimension);
      elements *= dimension;
    }
    int width = Math.max(1, BitSimilarity.width(dtype));
    return new TensorSpan(name, dtype, dimensions, 10, 10 + elements * width);
  }

  @Property(tries = 200)
  void samplesAreFewSpreadAndInsideOfTheirTensors(
      @ForAll @IntRange(max = 300) int count, @ForAll @IntRange(min = 1, max = 3000) int rows) {
    List<TensorSpan> tensors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tensors.add(tensor("t" + i, i % 3 == 0 ? "F32" : "BF16", rows, 3));
    }
    List<TensorSample> samples = TensorSample.of(tensors);
    assertThat(samples).hasSize(Math.min(count, TensorSample.MOST)).doesNotHaveDuplicates();
    for (TensorSample sample : samples) {
      int width = BitSimilarity.width(sample.dtype());
      assertThat(sample.length()).isBetween(1, TensorSample.BYTES);
      assertThat(sample.length() % width).isZero();
      assertThat(sample.offset() % width).isZero();
      assertThat(sample.offset() + sample.length()).isLessThanOrEqualTo(sample.tensorBytes());
    }
  }

  @Test
  void matricesOfFloatsArePreferred() {
    TensorSpan norm = tensor("norm", "F32", 384);
    TensorSpan matrix = tensor("matrix", "F32", 384, 384);
    TensorSpan ids = tensor("ids", "I64", 1, 512);
    TensorSpan none = tensor("none", "F32", 0, 4);
    assertThat(TensorSample.of(List.of(ids, norm, matrix, none)))
        .extracting(TensorSample::tensor)
        .containsExactly("matrix");
    assertThat(TensorSample.of(List.of(ids, norm)))
        .extracting(TensorSample::tensor)
        .containsExactly("norm");
    assertThat(TensorSample.of(List.of(ids, none))).isEmpty();
  }
}
