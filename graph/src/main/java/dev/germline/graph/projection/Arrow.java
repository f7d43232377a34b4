package dev.germline.graph.projection;

import dev.germline.core.layers.Relationship;
import dev.germline.core.substrate.EntityId;
import java.util.Map;

/**
 * The relation between two layers that a claim stands for.
 *
 * @param claim id of the claim document
 * @param subject where it starts
 * @param object where it ends
 */
public record Arrow(
    EntityId claim,
    Relationship.Kind type,
    EntityId subject,
    EntityId object,
    Map<String, Object> properties) {
  public Arrow {
    properties = Map.copyOf(properties);
  }
}
