package dev.germline.core.layers;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The five kinds of layer (specs/genomic-data-architecture.md, "Genomic layer types"). */
public enum LayerType {
  FOUNDATION,
  LORA,
  MEMORY,
  SPECIALIZATION,
  COMMUNICATION;

  /**
   * Reads the name used in JSON, URLs and the graph.
   *
   * @throws GermlineException INVALID_LAYER naming the value and the five that exist
   */
  public static LayerType parse(String text) {
    for (LayerType type : values()) {
      if (type.toString().equals(text)) {
        return type;
      }
    }
    String known =
        Arrays.stream(values()).map(LayerType::toString).collect(Collectors.joining(", "));
    throw new GermlineException(
        Fault.INVALID_LAYER, "type is " + Check.show(text) + "; give one of: " + known);
  }

  /** The name used in JSON, URLs and the graph, such as {@code lora}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
