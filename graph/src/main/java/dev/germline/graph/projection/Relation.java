package dev.germline.graph.projection;

import dev.germline.core.substrate.EntityId;
import java.util.Map;

/**
 * The relation of a CP edge as the ledger demands it.
 *
 * @param kind the edge's kind if the type is CP_EDGE, else empty
 */
public record Relation(
    EntityId source, EntityId target, String type, String kind, Map<String, Object> properties) {
  public Relation {
    properties = Map.copyOf(properties);
  }
}
