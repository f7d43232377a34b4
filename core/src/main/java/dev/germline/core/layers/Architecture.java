package dev.germline.core.layers;

import org.jspecify.annotations.Nullable;

/**
 * How a layer is built (specs/genomic-data-architecture.md, LayerArchitecture); every figure is
 * optional.
 *
 * @param name as the libraries name it, such as {@code BertModel} or {@code LlamaForCausalLM}
 * @param hiddenSize components of one hidden state
 * @param layerCount blocks
 * @param attentionHeads of one block
 * @param vocabularySize tokens
 * @param precision of the weights, such as {@code bf16}
 */
public record Architecture(
    String name,
    @Nullable Long hiddenSize,
    @Nullable Long layerCount,
    @Nullable Long attentionHeads,
    @Nullable Long vocabularySize,
    @Nullable String precision) {
  public Architecture {
    Check.text("name", name);
    Check.optionalCount("hiddenSize", hiddenSize);
    Check.optionalCount("layerCount", layerCount);
    Check.optionalCount("attentionHeads", attentionHeads);
    Check.optionalCount("vocabularySize", vocabularySize);
    precision = precision == null ? null : Check.token("precision", precision);
  }
}
