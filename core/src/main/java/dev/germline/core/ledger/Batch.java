package dev.germline.core.ledger;

import dev.germline.core.substrate.Entity;
import dev.germline.core.substrate.EntityRef;
import java.util.List;

/**
 * What one writer asks for: removals happen first, then upserts, all or nothing.
 *
 * @param upserts in any order; references may point to others of the same batch
 * @param removals may name what is not there
 */
public record Batch(List<Entity> upserts, List<EntityRef> removals) {
  public Batch {
    upserts = List.copyOf(upserts);
    removals = List.copyOf(removals);
  }

  /** A batch that only adds or replaces. */
  public static Batch of(Entity... upserts) {
    return new Batch(List.of(upserts), List.of());
  }
}
