package dev.germline.graph.lineage;

import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.Relationship;
import dev.germline.core.substrate.EntityId;
import java.util.Map;

/**
 * An arrow between two layers.
 *
 * @param claim id of the claim document behind it
 * @param properties as the claim names them, and {@code assertedBy} and {@code at} (RFC 3339);
 *     values are String, Long, Double, Boolean, List or Map of these
 */
public record LayerRelation(
    LayerName from,
    LayerName to,
    Relationship.Kind type,
    EntityId claim,
    Map<String, Object> properties) {
  public LayerRelation {
    properties = Map.copyOf(properties);
  }
}
