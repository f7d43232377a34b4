package dev.germline.graph.lineage;

import java.util.List;

/**
 * The ancestors or the descendants of a layer.
 *
 * @param nodes by depth, then name; without the root
 * @param edges EVOLVED_FROM between any two of root and nodes that the search went along
 * @param truncated whether there are more than were looked at
 */
public record Family(
    LayerNode root, List<LayerNode> nodes, List<LayerRelation> edges, boolean truncated) {
  public Family {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }
}
