package dev.germline.app.lineage;

import dev.germline.graph.lineage.LayerNode;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A layer in a lineage; the root has depth 0.
 *
 * @param depth the fewest steps from the layer that was asked about
 * @param status active, or what became of it; unknown if its digest is not in the registry
 */
@Schema(name = "LineageNode")
record NodeView(String name, String digest, String type, int depth, String status) {
  static NodeView of(Relatives lineage, LayerNode node) {
    return new NodeView(
        node.name().toString(),
        node.digest().toHex(),
        node.type().toString(),
        node.depth(),
        lineage.status(node));
  }
}
