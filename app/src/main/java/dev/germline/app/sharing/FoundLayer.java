package dev.germline.app.sharing;

import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerStatus;
import dev.germline.core.layers.LayerType;
import dev.germline.core.substrate.Digest;
import org.jspecify.annotations.Nullable;

/**
 * A layer that was found.
 *
 * @param score what reciprocal rank fusion gives it; 0 where nothing was ranked
 * @param origin {@code local}, or the name of the peer that has it
 */
public record FoundLayer(
    LayerName name,
    Digest digest,
    LayerType type,
    LayerStatus status,
    String visibility,
    String creator,
    @Nullable String description,
    @Nullable String license,
    int score,
    String origin) {
  public static final String LOCAL = "local";

  FoundLayer scored(int other) {
    return new FoundLayer(
        name, digest, type, status, visibility, creator, description, license, other, origin);
  }
}
