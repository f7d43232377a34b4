package dev.germline.graph.lineage;

import dev.germline.core.layers.LayerName;
import java.util.List;

/**
 * A layer that shares a parent with another.
 *
 * @param parents those they share, by name
 */
public record Sibling(LayerNode layer, List<LayerName> parents) {
  public Sibling {
    parents = List.copyOf(parents);
  }
}
