package dev.germline.core.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.core.GermlineException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class SafetensorsProperties {
  record Plan(SafetensorsType type, List<Integer> shape) {
    int bytes() {
      return shape.stream().reduce(1, (a, b) -> a * b) * type.bits() / 8;
    }
  }

  @Provide
  Arbitrary<List<Plan>> plans() {
    return Combinators.combine(
            Arbitraries.of(SafetensorsType.class).filter(type -> type.bits() % 8 == 0),
            Arbitraries.integers().between(0, 5).list().ofMaxSize(4))
        .as(Plan::new)
        .list()
        .ofMaxSize(8);
  }

  @Property(tries = 500, seed = "46")
  void everyContiguousLayoutIsReadWhateverTheOrderOfTheHeader(
      @ForAll("plans") List<Plan> plans, @ForAll long seed) throws IOException {
    var entries = new ArrayList<String>();
    int total = layOut(plans, -1, 0, entries);
    Collections.shuffle(entries, new Random(seed));
    byte[] file = WeightFiles.safetensors("{" + String.join(",", entries) + "}", total);

    Safetensors read = Safetensors.read("m.safetensors", ByteSource.of(file));

    assertThat(read.tensors()).hasSize(plans.size());
    assertThat(read.tensors().stream().mapToLong(TensorSpan::bytes).sum()).isEqualTo(total);
    long next = read.dataStart();
    for (TensorSpan tensor : read.tensors()) {
      assertThat(tensor.begin()).isEqualTo(next);
      next = tensor.end();
    }
    assertThat(next).isEqualTo(file.length);
  }

  @Property(tries = 500, seed = "47")
  void everyGapIsRefused(
      @ForAll("plans") List<Plan> plans,
      @ForAll @IntRange(min = 1, max = 64) int gap,
      @ForAll @IntRange(max = 8) int before) {
    var entries = new ArrayList<String>();
    int total = layOut(plans, Math.min(before, plans.size() - 1), gap, entries);

    // Without tensors the gap is the whole data.
    assertRefused(entries, plans.isEmpty() ? gap : total);
  }

  @Property(tries = 500, seed = "48")
  void everyTrailingByteIsRefused(
      @ForAll("plans") List<Plan> plans, @ForAll @IntRange(min = 1, max = 64) int trailing) {
    var entries = new ArrayList<String>();

    assertRefused(entries, layOut(plans, -1, 0, entries) + trailing);
  }

  @Property(tries = 500, seed = "49")
  void everyOverlapIsRefused(
      @ForAll("plans") List<Plan> plans, @ForAll @IntRange(max = 8) int second) {
    Assume.that(
        second < plans.size()
            && plans.get(second).bytes() > 0
            && plans.subList(0, second).stream().anyMatch(plan -> plan.bytes() > 0));
    var entries = new ArrayList<String>();

    assertRefused(entries, layOut(plans, second, -1, entries));
  }

  /** Lays tensors end to end, except that from index {@code moved} on all are shifted. */
  private static int layOut(List<Plan> plans, int moved, int shift, List<String> entries) {
    int next = 0;
    for (int i = 0; i < plans.size(); i++) {
      Plan plan = plans.get(i);
      int begin = i == moved ? next + shift : next;
      next = begin + plan.bytes();
      entries.add(
          "\"t%d\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(i, plan.type(), plan.shape(), begin, next));
    }
    return next;
  }

  private static void assertRefused(List<String> entries, int dataBytes) {
    byte[] file = WeightFiles.safetensors("{" + String.join(",", entries) + "}", dataBytes);
    assertThatThrownBy(() -> Safetensors.read("m.safetensors", ByteSource.of(file)))
        .isInstanceOf(GermlineException.class);
  }
}
