package dev.germline.graph.lineage;

import java.util.List;

/**
 * What would feel it if a layer went away: one page.
 *
 * @param total how many layers were found
 * @param truncated whether there are more than were looked at, which were the nearest
 * @param hits of this page: by impact, then required ones first, then the nearest
 */
public record BlastRadius(LayerNode root, int total, boolean truncated, List<Hit> hits) {
  public BlastRadius {
    hits = List.copyOf(hits);
  }

  /**
   * A layer that is hit.
   *
   * @param layer its depth is the number of arrows on the path of most impact
   * @param impact 0 to 1: the greatest product of strengths along a path to it. The strength of a
   *     DEPENDS_ON is the claim's, that of an EVOLVED_FROM the claim's confidence
   * @param required whether a path leads to it on which every dependency is required (evolution
   *     always is)
   */
  public record Hit(LayerNode layer, double impact, boolean required) {}
}
