package dev.germline.app.sharing;

import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerStatus;
import dev.germline.core.sharing.Advice;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of layers is told of a change of another that they stand on.
 *
 * @param event BLAKE3 of the record of the status claim, or of the newer layer
 * @param layer that changed: the newer one, for {@link Cause#NEWER}
 * @param status of that layer now
 * @param affected how many layers of the owner
 * @param layers some of them, the nearest first
 * @param acknowledgedAt absent while it was not
 */
public record Notice(
    EntityId id,
    Digest event,
    LayerName layer,
    LayerStatus status,
    Cause cause,
    Advice advice,
    int affected,
    List<Affected> layers,
    Instant toldAt,
    @Nullable Instant acknowledgedAt,
    long ledgerSequence) {
  public Notice {
    layers = List.copyOf(layers);
  }

  /** What happened. */
  public enum Cause {
    YANKED,
    REVOKED,
    /** What was yanked or revoked, and told of, is to be used again. */
    RESTORED,
    /** A newer version was published. */
    NEWER;

    /** The name used in JSON, such as {@code revoked}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A layer that stands on the one that changed.
   *
   * @param distance the fewest steps, from 1
   */
  public record Affected(LayerName layer, int distance) {}
}
