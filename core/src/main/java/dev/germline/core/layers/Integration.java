package dev.germline.core.layers;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a layer is connected to others (specs/genomic-data-architecture.md, IntegrationSpec).
 *
 * @param method in a word, such as {@code adapter}, {@code merge}, {@code prefix} or {@code router}
 * @param attachesTo modules of the model it is put on, at most 256
 * @param input what it takes, such as {@code tokens} or {@code hidden-states}
 * @param output what it gives
 */
public record Integration(
    String method, List<String> attachesTo, @Nullable String input, @Nullable String output) {
  public Integration {
    Check.token("method", method);
    attachesTo = Check.texts("attachesTo", attachesTo, 256);
    input = input == null ? null : Check.token("input", input);
    output = output == null ? null : Check.token("output", output);
  }
}
