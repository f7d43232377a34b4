package dev.germline.app.lineage;

import dev.germline.app.identity.Caller;
import dev.germline.app.layers.Layers;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerName;
import dev.germline.graph.lineage.Family;
import dev.germline.graph.lineage.LayerRelation;
import dev.germline.graph.lineage.LineageQueries;
import dev.germline.graph.lineage.Viewer;
import java.util.List;
import java.util.function.Supplier;

/**
 * The lineage of a layer as a caller may see it, from the graph. The registry decides whether the
 * layer exists; while the graph is away the answer is STORE_UNAVAILABLE. Thread-safe.
 */
public final class Lineage {
  private final Layers layers;
  private final LineageQueries queries;

  public Lineage(Layers layers, LineageQueries queries) {
    this.layers = layers;
    this.queries = queries;
  }

  /**
   * What the layer evolved from.
   *
   * @throws GermlineException LAYER_NOT_FOUND, INVALID_REQUEST, PROJECTION_BEHIND,
   *     STORE_UNAVAILABLE
   */
  Family ancestors(Caller caller, LayerName layer, int depth) {
    return ask(caller, layer, () -> queries.ancestors(layer, depth, viewer(caller)));
  }

  /** What evolved from the layer; otherwise as {@link #ancestors}. */
  Family descendants(Caller caller, LayerName layer, int depth) {
    return ask(caller, layer, () -> queries.descendants(layer, depth, viewer(caller)));
  }

  /** Every arrow from or to the layer; otherwise as {@link #ancestors}. */
  List<LayerRelation> relations(Caller caller, LayerName layer) {
    return ask(caller, layer, () -> queries.relations(layer, viewer(caller)));
  }

  private <T> T ask(Caller caller, LayerName layer, Supplier<T> query) {
    layers.row(caller, layer);
    try {
      return query.get();
    } catch (GermlineException unknown) {
      if (unknown.fault() == Fault.LAYER_NOT_FOUND) {
        // The registry has it, so the graph has it not yet.
        throw new GermlineException(
            Fault.PROJECTION_BEHIND,
            "the graph does not show " + layer + " yet; try again shortly",
            unknown);
      }
      throw unknown;
    }
  }

  private static Viewer viewer(Caller caller) {
    return new Viewer(caller.name(), caller.admin());
  }
}
