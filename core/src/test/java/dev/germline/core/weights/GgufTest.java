package dev.germline.core.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.weights.WeightFiles.Writer;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GgufTest {
  private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void readsKeyValuesAndTensorsInBothByteOrders(int version) throws IOException {
    for (ByteOrder order : List.of(LITTLE, ByteOrder.BIG_ENDIAN)) {
      Gguf file = read(WeightFiles.gguf(version, order));

      assertThat(file.version()).isEqualTo(version);
      assertThat(file.bigEndian()).isEqualTo(order == ByteOrder.BIG_ENDIAN);
      assertThat(file.alignment()).isEqualTo(64);
      assertThat(file.metadata())
          .hasSize(13)
          .containsEntry("general.architecture", new Gguf.Value.Text("llama"))
          .containsEntry("a.u8", new Gguf.Value.Whole(200))
          .containsEntry("a.i8", new Gguf.Value.Whole(-1))
          .containsEntry("a.u16", new Gguf.Value.Whole(60_000))
          .containsEntry("a.i32", new Gguf.Value.Whole(-7))
          .containsEntry("a.f32", new Gguf.Value.Decimal(0.5))
          .containsEntry("a.bool", new Gguf.Value.Flag(true))
          .containsEntry("a.u64", new Gguf.Value.Whole(1L << 40))
          .containsEntry("a.f64", new Gguf.Value.Decimal(1e-5))
          .containsEntry("tokenizer.ggml.tokens", new Gguf.Value.Array("string", 2));
      assertThat(file.tensors())
          .extracting(TensorSpan::name, TensorSpan::dtype, TensorSpan::shape, TensorSpan::bytes)
          .containsExactly(
              tuple("token_embd.weight", "Q4_K", List.of(256L, 2L), 288L),
              tuple("output_norm.weight", "F32", List.of(4L), 16L),
              tuple("rope_freqs.weight", "F16", List.of(32L), 64L));
      assertThat(file.tensors().getFirst().begin() % 64).isZero();
    }
  }

  @Test
  void readsATypeNewerThanItselfUpToTheNextTensor() throws IOException {
    Gguf file =
        read(
            file(
                2,
                out ->
                    out.text("a")
                        .i32(1)
                        .i64(7)
                        .i32(99)
                        .i64(0)
                        .text("b")
                        .i32(1)
                        .i64(4)
                        .i32(24)
                        .i64(64),
                68));

    assertThat(file.tensors())
        .extracting(TensorSpan::dtype, TensorSpan::bytes)
        .containsExactly(tuple("ggml-99", 64L), tuple("I8", 4L));
  }

  @Test
  void refusesWhatBreaksARule() {
    assertInvalid(new byte[0], "the magic at byte 0 needs 4 bytes");
    assertInvalid("GGML".getBytes(StandardCharsets.US_ASCII), "does not begin with 'GGUF'");
    assertInvalid(header(1, 0, 0).done(), "version 1");
    assertInvalid(header(3, 5, 0).done(), "states 5 tensors, for which 8 bytes remain");
    assertInvalid(header(3, -1, 0).done(), "18446744073709551615, beyond any file");
    assertInvalid(header(3, 0, 1000).done(), "states 1000 key-values");
    assertInvalid(entry(out -> out.key("k", 13).zeros(16)), "type 13");
    assertInvalid(entry(out -> out.key("k", 9).i32(9).i64(1).zeros(16)), "type 9");
    assertInvalid(entry(out -> out.key("k", 9).i32(0).i64(Long.MAX_VALUE)), "is an array of");
    assertInvalid(entry(out -> out.key("k", 9).i32(8).i64(1).i64(1 << 30)), "needs 1073741824");
    assertInvalid(entry(out -> out.key("k", 7).i8(2)), "bool 2");
    assertInvalid(
        entry(out -> out.key("general.alignment", 4).i32(48)), "general.alignment is '48'");
    assertInvalid(entry(out -> out.key("general.alignment", 8).text("32")), "'32'");
    assertInvalid(entry(out -> out.key("general.alignment", 4).i32(0)), "'0'");
    assertInvalid(
        header(3, 0, 2).key("k", 0).i8(1).key("k", 0).i8(1).done(), "the key 'k' is given twice");
    assertInvalid(file(1, out -> out.text("a").i32(5).zeros(52), 0), "5 dimensions");
    assertInvalid(file(1, out -> out.text("a").i32(1).i64(33).i32(2).i64(0), 64), "multiple of 32");
    assertInvalid(file(1, out -> out.text("a").i32(1).i64(4).i32(0).i64(8), 64), "it must be 0");
    assertInvalid(file(1, out -> out.text("a").i32(1).i64(4).i32(0).i64(0), 15), "spans data");
    assertInvalid(
        file(1, out -> out.text("a").i32(2).i64(1L << 62).i64(4).i32(0).i64(0), 0), "overflows");
    assertInvalid(
        file(
            2,
            out ->
                out.text("a").i32(1).i64(4).i32(24).i64(0).text("a").i32(1).i64(4).i32(24).i64(32),
            64),
        "'a' is described twice");
    assertInvalid(
        file(
            2,
            out ->
                out.text("a").i32(1).i64(4).i32(24).i64(0).text("b").i32(1).i64(4).i32(24).i64(0),
            64),
        "by the ones before it, it must be 32");
  }

  @Test
  void refusesHugeCountsAndTextsBeforeAllocating() {
    assertLimit(header(3, 1L << 40, 0).done());
    assertLimit(header(3, 0, 1L << 40).zeros(4096).done());
    assertLimit(entry(out -> out.i64(1L << 40).zeros(64)));
    assertLimit(entry(out -> out.key("k", 8).i64(Integer.MAX_VALUE).zeros(64)));
  }

  private static Writer header(int version, long tensors, long entries) {
    return new Writer(LITTLE)
        .bytes("GGUF".getBytes(StandardCharsets.US_ASCII))
        .i32(version)
        .i64(tensors)
        .i64(entries);
  }

  private static byte[] entry(Consumer<Writer> entry) {
    Writer out = header(3, 0, 1);
    entry.accept(out);
    return out.done();
  }

  private static byte[] file(int tensors, Consumer<Writer> infos, int dataBytes) {
    Writer out = header(3, tensors, 0);
    infos.accept(out);
    return out.pad(32).zeros(dataBytes).done();
  }

  private static Gguf read(byte[] bytes) throws IOException {
    return Gguf.read("model.gguf", ByteSource.of(bytes));
  }

  private static void assertLimit(byte[] bytes) {
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOfSatisfying(
            GermlineException.class,
            refused -> assertThat(refused.fault()).isEqualTo(Fault.LIMIT_EXCEEDED));
  }

  private static void assertInvalid(byte[] bytes, String rule) {
    WeightFiles.assertInvalid(() -> read(bytes), "'model.gguf' is not valid gguf: ", rule);
  }
}
