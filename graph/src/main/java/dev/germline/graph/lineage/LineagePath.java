package dev.germline.graph.lineage;

import java.util.List;

/**
 * A shortest way from one layer to another.
 *
 * @param layers in order; each depth is its distance from the first
 * @param arrows one between each two, pointing as the claim does; empty if the layers are the same
 */
public record LineagePath(List<LayerNode> layers, List<LayerRelation> arrows) {
  public LineagePath {
    layers = List.copyOf(layers);
    arrows = List.copyOf(arrows);
  }
}
