package dev.germline.core.weights;

import static dev.germline.core.weights.WeightFiles.concat;
import static dev.germline.core.weights.WeightFiles.field;
import static dev.germline.core.weights.WeightFiles.model;
import static dev.germline.core.weights.WeightFiles.tensor;
import static dev.germline.core.weights.WeightFiles.varintField;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxTest {
  @Test
  void readsTheModelAndItsInitializers() throws IOException {
    Onnx model = read(WeightFiles.onnx());

    assertThat(model.irVersion()).isEqualTo(8);
    assertThat(model.producer()).isEqualTo("pytorch 2.9.0");
    assertThat(model.graph()).isEqualTo("main_graph");
    assertThat(model.nodes()).isEqualTo(1);
    assertThat(model.opsets()).containsEntry("ai.onnx", 17L).containsEntry("com.microsoft", 1L);
    assertThat(model.metadata()).containsEntry("author", "BAAI");
    assertThat(model.initializers())
        .extracting(i -> i.tensor().name(), i -> i.tensor().dtype(), i -> i.tensor().bytes())
        .containsExactly(
            tuple("embeddings.weight", "FLOAT", 24L),
            tuple("scale", "FLOAT16", 2L),
            tuple("axes", "INT64", 0L),
            tuple("big.weight", "BFLOAT16", 0L));
    assertThat(model.initializers().getLast().external())
        .isEqualTo(new Onnx.External("weights/big.bin", 4096, 2_000_000));
  }

  @Test
  void readsPackedDimensions() throws IOException {
    byte[] packed =
        concat(
            field(1, new byte[] {2, 3}), varintField(2, 2), field(8, "w"), field(9, new byte[6]));

    assertThat(read(model(List.of(packed))).initializers().getFirst().tensor().shape())
        .containsExactly(2L, 3L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/etc/passwd", "../secrets", "a/../../b", "..\\b", "C:b", "a\nb"})
  void refusesExternalDataOutsideTheModelsFolder(String location) {
    byte[] external =
        concat(field(13, concat(field(1, "location"), field(2, location))), varintField(14, 1));

    assertInvalid(model(List.of(tensor("w", 1, List.of(1L), external))), "external location");
  }

  @Test
  void refusesWhatBreaksARule() {
    assertInvalid(new byte[0], "ir_version is 0");
    assertInvalid(varintField(1, 8), "it has no graph");
    assertInvalid(
        concat(varintField(1, 8), field(7, new byte[0]), field(7, new byte[0])), "more than one");
    assertInvalid(
        model(List.of(tensor("w", 1, List.of(2L), field(9, new byte[4])))),
        "'w' of FLOAT [2] takes 8 bytes, but its raw_data has 4");
    assertInvalid(model(List.of(tensor("w", 0, List.of(), new byte[0]))), "data_type 0");
    assertInvalid(model(List.of(tensor("w", 99, List.of(), new byte[0]))), "data_type 99");
    assertInvalid(model(List.of(tensor("w", 8, List.of(1L), field(9, new byte[1])))), "STRING");
    assertInvalid(model(List.of(tensor("w", 1, List.of(-1L), new byte[0]))), "dimension -1");
    assertInvalid(model(List.of(tensor("w", 1, List.of(1L << 62, 4L), new byte[0]))), "overflows");
    assertInvalid(concat(varintField(1, 8), new byte[] {0x3a, 0x7f}), "127 bytes long");
    assertInvalid(new byte[] {0x0b}, "wire type 3");
    assertInvalid(new byte[] {0x02, 0x00}, "field number 0");
    assertInvalid(new byte[] {0x08, (byte) 0x80}, "ends inside a number");
    assertInvalid(
        concat(new byte[] {0x08}, "\u0080".repeat(11).getBytes(StandardCharsets.ISO_8859_1)),
        "more than 10 bytes");
    assertInvalid(field(1, "8"), "wire type 2, not 0");
    assertInvalid(concat(field(2, new byte[] {(byte) 0xff}), varintField(1, 8)), "not UTF-8");
  }

  private static Onnx read(byte[] bytes) throws IOException {
    return Onnx.read("model.onnx", ByteSource.of(bytes));
  }

  private static void assertInvalid(byte[] bytes, String rule) {
    WeightFiles.assertInvalid(() -> read(bytes), "'model.onnx' is not valid onnx: ", rule);
  }
}
