package dev.germline.core.compatibility.resolve;

import dev.germline.core.layers.LayerFamily;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.VersionRange;

/**
 * What a resolution begins with: a layer that must be in it.
 *
 * @param versions which of its versions will do; exactly one pins it
 */
public record Requirement(LayerFamily layer, VersionRange versions) {
  private static final VersionRange ANY = VersionRange.parse("*");

  /** This layer and no other version of it. */
  public static Requirement exactly(LayerName layer) {
    return new Requirement(layer.family(), VersionRange.parse(layer.version().text()));
  }

  /**
   * Reads {@code namespace/name}, {@code namespace/name@1.5.0} or {@code namespace/name@^1.2}.
   *
   * @throws dev.germline.core.GermlineException INVALID_NAME
   */
  public static Requirement parse(String text) {
    int at = text.indexOf('@');
    return at < 0
        ? new Requirement(LayerFamily.parse(text), ANY)
        : new Requirement(
            LayerFamily.parse(text.substring(0, at)), VersionRange.parse(text.substring(at + 1)));
  }

  @Override
  public String toString() {
    return layer + "@" + versions;
  }
}
