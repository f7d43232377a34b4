package dev.germline.core.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The real weights of BAAI/bge-small-en-v1.5, as dev.langchain4j ships them. */
class BgeSmallTest {
  @Test
  void readsARealModelWithoutReadingItsWeights() throws IOException {
    byte[] bytes;
    try (InputStream in = BgeSmallTest.class.getResourceAsStream("/bge-small-en-v1.5.onnx")) {
      bytes = Objects.requireNonNull(in, "the artifact holds the model").readAllBytes();
    }
    var counted = new Counted(ByteSource.of(bytes));

    Onnx model = Onnx.read("bge-small-en-v1.5.onnx", counted);

    TensorSpan words =
        model.initializers().stream()
            .map(Onnx.Initializer::tensor)
            .filter(tensor -> tensor.name().endsWith("word_embeddings.weight"))
            .findFirst()
            .orElseThrow();
    assertThat(words.dtype()).isEqualTo("FLOAT");
    assertThat(words.shape()).isEqualTo(List.of(30_522L, 384L));
    assertThat(words.bytes()).isEqualTo(30_522L * 384 * 4);
    assertThat(model.initializers()).hasSizeGreaterThan(100);
    assertThat(
            model.initializers().stream()
                .map(Onnx.Initializer::tensor)
                .filter(tensor -> tensor.dtype().equals("FLOAT"))
                .mapToLong(TensorSpan::bytes)
                .sum())
        .as("33.36 M parameters less the pooler's 384 x 384 + 384, in 4 bytes each")
        .isEqualTo((33_360_000L - 147_840) * 4);
    assertThat(counted.bytes).isLessThan(bytes.length / 4);
    assertThat(FileSummary.of("bge-small-en-v1.5.onnx", counted).metadata())
        .containsKeys("irVersion", "producer", "opsets", "nodes", "tensors", "dtypes");
  }

  private static final class Counted implements ByteSource {
    private final ByteSource source;
    private long bytes;

    Counted(ByteSource source) {
      this.source = source;
    }

    @Override
    public long size() {
      return source.size();
    }

    @Override
    public byte[] read(long offset, int length) throws IOException {
      bytes += length;
      return source.read(offset, length);
    }
  }
}
