package dev.germline.app.lineage;

import dev.germline.core.layers.LayerName;
import dev.germline.graph.lineage.LayerNode;
import dev.germline.graph.lineage.LineageQueries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Fills a page of dead ends though those that were used are left out: the graph has the dead ends,
 * the registry knows their use, so the graph is asked on, in the order of names, until the page is
 * full, there are no more, or so many were looked at that the rest is left to the next request.
 */
final class FullPage {
  private final Asked graph;
  private final Function<Collection<LayerNode>, Map<LayerNode, Instant>> lastUsed;
  private final int mostLookedAt;

  /** Dead ends by name. */
  @FunctionalInterface
  interface Asked {
    /** Those behind a name; fewer than so many only at the end. */
    List<LayerNode> after(@Nullable LayerName name, int limit);
  }

  /**
   * @param lastUsed when sessions last used them; without those that none did
   * @param mostLookedAt dead ends, used or not, after which nobody asks on
   */
  FullPage(
      Asked graph,
      Function<Collection<LayerNode>, Map<LayerNode, Instant>> lastUsed,
      int mostLookedAt) {
    this.graph = graph;
    this.lastUsed = lastUsed;
    this.mostLookedAt = mostLookedAt;
  }

  /**
   * A page.
   *
   * @param unusedSince only those that no session used from then on; null for all
   */
  Lineage.DeadEnds of(@Nullable LayerName after, int limit, @Nullable Instant unusedSince) {
    List<Lineage.DeadEnd> items = new ArrayList<>();
    LayerName from = after;
    int looked = 0;
    int asked = limit;
    while (true) {
      List<LayerNode> found = graph.after(from, asked);
      Map<LayerNode, Instant> used = lastUsed.apply(found);
      for (LayerNode layer : found) {
        if (items.size() == limit) {
          return page(items, from);
        }
        from = layer.name();
        Instant last = used.get(layer);
        if (unusedSince == null || last == null || last.isBefore(unusedSince)) {
          items.add(new Lineage.DeadEnd(layer, last));
        }
      }
      if (found.size() < asked) {
        return page(items, null);
      }
      looked += found.size();
      if (items.size() == limit || looked >= mostLookedAt) {
        return page(items, from);
      }
      asked = Math.min(LineageQueries.MAX_LAYERS, mostLookedAt - looked);
    }
  }

  private static Lineage.DeadEnds page(List<Lineage.DeadEnd> items, @Nullable LayerName next) {
    return new Lineage.DeadEnds(List.copyOf(items), Optional.ofNullable(next));
  }
}
