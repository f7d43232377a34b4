package dev.germline.app.lineage;

import dev.germline.graph.lineage.LayerNode;
import io.swagger.v3.oas.annotations.media.Schema;

/** A layer that a question found. */
@Schema(name = "LineageLayer")
record LayerNodeView(String name, String digest, String type) {
  static LayerNodeView of(LayerNode node) {
    return new LayerNodeView(node.name().toString(), node.digest().toHex(), node.type().toString());
  }
}
