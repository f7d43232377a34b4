package dev.germline.core.merkle;

import dev.germline.core.substrate.EntityRef;
import java.util.List;

/**
 * What one commit really changes: references checked, cascades followed, no-ops dropped. Made by
 * {@code Integrity}.
 *
 * @param upserts ascending by {@link EntityRef}, each once
 * @param removals ascending, each once, disjoint from the upserts, all present before
 */
public record Changes(List<EntityLeaf> upserts, List<EntityRef> removals) {
  public Changes {
    upserts = List.copyOf(upserts);
    removals = List.copyOf(removals);
  }

  public boolean isEmpty() {
    return upserts.isEmpty() && removals.isEmpty();
  }
}
