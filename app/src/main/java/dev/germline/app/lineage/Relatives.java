package dev.germline.app.lineage;

import dev.germline.core.substrate.EntityId;
import dev.germline.graph.lineage.LayerNode;
import dev.germline.graph.lineage.LayerRelation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Layers around one, from the graph, with what the registry says of each.
 *
 * @param nodes by depth, then name; without the root
 * @param truncated whether there are more than were looked at
 * @param registered by id; one that is missing is not known to the registry
 */
record Relatives(
    LayerNode root,
    List<LayerNode> nodes,
    List<LayerRelation> edges,
    boolean truncated,
    Map<EntityId, Registered> registered) {
  @Nullable Registered registered(LayerNode node) {
    return registered.get(node.id());
  }

  /** Status of a layer: as registered, or unknown if its digest is not. */
  String status(LayerNode node) {
    Registered row = registered.get(node.id());
    return row == null || !Objects.equals(row.digest(), node.digest())
        ? Registered.UNKNOWN
        : row.status();
  }
}
