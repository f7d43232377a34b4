package dev.germline.core.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code config.json} of a model says, as the transformers library writes it. Everything is
 * optional; members that are not read here, or are not what they should be, are passed over.
 *
 * @param modelType such as {@code llama}
 * @param architectures the classes that run it, such as {@code LlamaForCausalLM}
 * @param contextWindow in tokens
 * @param vocabulary tokens
 * @param hiddenSize the width of a token's representation
 */
public record ModelConfig(
    @Nullable String modelType,
    List<String> architectures,
    @Nullable Long contextWindow,
    @Nullable Long vocabulary,
    @Nullable Long hiddenSize) {
  /** Name of the configuration in a model's folder. */
  public static final String FILE = "config.json";

  private static final int MAX_ARCHITECTURES = 16;
  private static final int MAX_TEXT = 256;

  /** What different models call the same. */
  private static final List<String> CONTEXT =
      List.of(
          "max_position_embeddings", "n_positions", "max_sequence_length", "n_ctx", "seq_length");

  private static final List<String> WIDTH = List.of("hidden_size", "n_embd", "d_model");

  public ModelConfig {
    architectures = List.copyOf(architectures);
  }

  /**
   * Reads {@code config.json}, of at most 1 MiB.
   *
   * @param file the name to use in messages
   * @throws dev.germline.core.GermlineException FILE_INVALID if it is not one JSON object,
   *     LIMIT_EXCEEDED
   * @throws IOException if the source fails
   */
  public static ModelConfig read(String file, ByteSource source) throws IOException {
    ObjectNode config = PeftAdapter.object(new FileFault(file, FileFormat.JSON), source);
    List<String> architectures = new ArrayList<>();
    for (JsonNode one : config.path("architectures")) {
      if (architectures.size() < MAX_ARCHITECTURES && text(one) != null) {
        architectures.add(String.valueOf(text(one)));
      }
    }
    return new ModelConfig(
        text(config.path("model_type")),
        architectures,
        count(config, CONTEXT),
        count(config, List.of("vocab_size")),
        count(config, WIDTH));
  }

  private static @Nullable String text(JsonNode value) {
    return value.isTextual()
            && !value.textValue().isBlank()
            && value.textValue().length() <= MAX_TEXT
        ? FileFault.printable(value.textValue())
        : null;
  }

  private static @Nullable Long count(ObjectNode config, List<String> members) {
    for (String member : members) {
      JsonNode value = config.path(member);
      if (value.isIntegralNumber() && value.canConvertToLong() && value.longValue() > 0) {
        return value.longValue();
      }
    }
    return null;
  }
}
