package dev.germline.app.layers;

import dev.germline.app.identity.Caller;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerRef;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.EntityId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What feels it when a layer is taken back: layers that stand on it, and assemblies that have it or
 * one of those. Asks MySQL only. Thread-safe.
 */
public final class Impacts {
  private static final int PER_STATEMENT = 500;

  private final Reach reach;
  private final Layers layers;
  private final Assembled assembled;
  private final int most;

  /**
   * @param most claims, and uses by assemblies, that one question looks at
   */
  public Impacts(Reach reach, Layers layers, Assembled assembled, int most) {
    this.reach = reach;
    this.layers = layers;
    this.assembled = assembled;
    this.most = most;
  }

  /**
   * An assembly that has the layer, or one that stands on it.
   *
   * @param layer the nearest that it has
   * @param distance of that: 0 for the layer itself
   */
  public record Holding(
      EntityId assembly, LayerName name, String creator, LayerName layer, int distance) {}

  /**
   * What was found.
   *
   * @param layers the nearest first, then by name
   * @param assemblies those with the nearest layers first, of these the newest
   * @param complete false when there is more than is looked at
   */
  public record Impact(List<Reach.Reached> layers, List<Holding> assemblies, boolean complete) {
    public Impact {
      layers = List.copyOf(layers);
      assemblies = List.copyOf(assemblies);
    }

    /** How many have made the layers. */
    public int owners() {
      return Math.toIntExact(layers.stream().map(one -> one.layer().creator()).distinct().count());
    }
  }

  /**
   * What stands on a layer and is made of it, as far as the caller sees it.
   *
   * @throws dev.germline.core.GermlineException LAYER_NOT_FOUND, STORE_UNAVAILABLE
   */
  public Impact of(Caller caller, LayerName layer) {
    return of(caller, layers.row(caller, layer).ref());
  }

  /** The same of a layer that the caller is known to see. */
  Impact of(Caller caller, LayerRef layer) {
    Reach.Found found = reach.of(caller, Document.idOf(layer.digest()), Reach.FARTHEST);
    Map<EntityId, Integer> distances = new LinkedHashMap<>();
    Map<EntityId, LayerName> names = new HashMap<>();
    distances.put(Document.idOf(layer.digest()), 0);
    names.put(Document.idOf(layer.digest()), layer.layer());
    for (Reach.Reached one : found.layers()) {
      distances.put(one.layer().id(), one.distance());
      names.put(one.layer().id(), one.layer().name());
    }
    List<EntityId> ids = List.copyOf(distances.keySet());
    List<Assembled.Use> uses = new ArrayList<>();
    for (int from = 0; from < ids.size() && uses.size() <= most; from += PER_STATEMENT) {
      List<EntityId> part = ids.subList(from, Math.min(ids.size(), from + PER_STATEMENT));
      uses.addAll(assembled.of(caller, part, most + 1 - uses.size()));
    }
    boolean all = uses.size() <= most;
    uses.sort(
        Comparator.<Assembled.Use>comparingInt(use -> distances.getOrDefault(use.layer(), 0))
            .thenComparing(Assembled.Use::ledgerSequence, Comparator.reverseOrder())
            .thenComparing(use -> use.name().toString())
            .thenComparing(use -> names.getOrDefault(use.layer(), layer.layer()).toString()));
    Map<EntityId, Holding> holdings = new LinkedHashMap<>();
    for (Assembled.Use use : uses.subList(0, Math.min(most, uses.size()))) {
      holdings.putIfAbsent(
          use.assembly(),
          new Holding(
              use.assembly(),
              use.name(),
              use.creator(),
              names.getOrDefault(use.layer(), layer.layer()),
              distances.getOrDefault(use.layer(), 0)));
    }
    return new Impact(found.layers(), List.copyOf(holdings.values()), found.complete() && all);
  }
}
