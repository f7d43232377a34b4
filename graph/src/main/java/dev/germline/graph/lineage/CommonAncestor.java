package dev.germline.graph.lineage;

import dev.germline.core.layers.LayerName;
import java.util.Map;

/**
 * A layer that several evolved from, or that is one of them.
 *
 * @param layer its depth is the sum of the steps
 * @param steps the fewest from each layer asked about
 * @param nearest whether no other common ancestor evolved from it
 */
public record CommonAncestor(LayerNode layer, Map<LayerName, Integer> steps, boolean nearest) {
  public CommonAncestor {
    steps = Map.copyOf(steps);
  }
}
