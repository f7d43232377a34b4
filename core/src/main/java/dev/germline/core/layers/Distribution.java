package dev.germline.core.layers;

import java.util.List;
import java.util.Locale;

/**
 * Where a layer goes.
 *
 * @param globallyAvailable whether registries of other regions may offer it
 * @param p2pEnabled whether those who have it may pass it on
 * @param mirrorNodes URLs of registries that keep a copy, at most 64
 * @param updatePropagation who is told of a new version, a yank or a revocation
 */
public record Distribution(
    boolean globallyAvailable,
    boolean p2pEnabled,
    List<String> mirrorNodes,
    Propagation updatePropagation) {
  /** What those who depend on a layer are to do about a change of it. */
  public enum Propagation {
    /** Nobody is told. */
    NONE,
    /** They are told. */
    NOTIFY,
    /** They should change over. */
    RECOMMEND,
    /** They have to change over before they go on. */
    REQUIRE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Distribution {
    mirrorNodes = Check.texts("mirrorNodes", mirrorNodes, 64, 2048);
    Check.required("updatePropagation", updatePropagation);
  }
}
