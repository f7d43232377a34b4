package dev.germline.core.compatibility.resolve;

import dev.germline.core.layers.LayerFamily;
import dev.germline.core.layers.LayerVersion;
import dev.germline.core.layers.VersionRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is so and that a resolution must respect: somebody asked for a layer, or versions
 * of a layer say they need another.
 *
 * @param dependent whose versions say so; null for what was asked for
 * @param dependentVersions which of them, newest first
 * @param layer what is needed
 * @param versions in which versions
 * @param required false where the dependent also works without it, but not with another version
 * @param text the same in words
 */
public record Premise(
    @Nullable LayerFamily dependent,
    List<LayerVersion> dependentVersions,
    LayerFamily layer,
    VersionRange versions,
    boolean required,
    String text) {
  public Premise {
    dependentVersions = List.copyOf(dependentVersions);
  }

  @Override
  public String toString() {
    return text;
  }
}
