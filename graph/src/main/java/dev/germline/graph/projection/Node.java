package dev.germline.graph.projection;

import dev.germline.core.substrate.EntityId;
import java.util.Map;
import java.util.Set;

/**
 * A node as the ledger demands it.
 *
 * @param labels all but {@code Entity}
 * @param properties all of them, {@code id} too, as Neo4j returns them (Long, Double, ...)
 */
public record Node(EntityId id, Set<String> labels, Map<String, Object> properties) {
  public Node {
    labels = Set.copyOf(labels);
    properties = Map.copyOf(properties);
  }
}
