package dev.germline.core.layers;

import org.jspecify.annotations.Nullable;

/**
 * A layer that this one is declared not to work with.
 *
 * @param conflictType in a word, such as {@code target-modules} or {@code license}
 * @param severity from 0 (a nuisance) to 1 (unusable together)
 * @param resolution what to do about it, in prose of at most 4,096 characters
 */
public record Conflict(
    LayerRef target, String conflictType, double severity, @Nullable String resolution) {
  static final int MAX_RESOLUTION = 4096;

  public Conflict {
    Check.required("target", target);
    Check.token("conflictType", conflictType);
    severity = Check.unit("severity", severity);
    resolution = Check.optionalText("resolution", resolution, MAX_RESOLUTION);
  }
}
