package dev.germline.core.layers;

import dev.germline.core.substrate.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a layer goes together with, as far as its publisher says; everything is optional.
 *
 * @param base the foundation model it was made for, pinned
 * @param tokenizer BLAKE3 of the tokenizer's file
 * @param contextWindow tokens it was made for
 * @param frameworks what can load it, at most 64
 */
public record Compatibility(
    @Nullable LayerRef base,
    @Nullable Digest tokenizer,
    @Nullable Long contextWindow,
    List<Framework> frameworks) {
  public Compatibility {
    Check.optionalCount("contextWindow", contextWindow);
    frameworks = Check.list("frameworks", frameworks, 64);
    Check.distinct("frameworks", frameworks.stream().map(Framework::name).toList());
  }

  /**
   * A library.
   *
   * @param versions in the library's own words, such as {@code >=4.40}
   */
  public record Framework(String name, @Nullable String versions) {
    public Framework {
      Check.text("name", name);
      versions = Check.optionalText("versions", versions);
    }
  }
}
