package dev.germline.app.lineage;

import dev.germline.app.identity.Caller;
import dev.germline.app.layers.LayerRow;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerName;
import dev.germline.core.substrate.EntityId;
import dev.germline.graph.lineage.Family;
import dev.germline.graph.lineage.LayerRelation;
import dev.germline.graph.lineage.LineageQueries;
import dev.germline.graph.lineage.ManyLineages;
import dev.germline.graph.lineage.Sibling;
import dev.germline.graph.lineage.Viewer;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The lineages of many layers, each as {@link Lineage} tells it, by one question to the graph.
 * Whoever has a {@link LayerRow} was allowed to see it; a layer that the graph does not show is
 * left out, and {@link #missing} says why. Thread-safe.
 */
public final class Lineages {
  private final LineageQueries one;
  private final ManyLineages many;

  public Lineages(LineageQueries one, ManyLineages many) {
    this.one = one;
    this.many = many;
  }

  /** Which of its relatives a layer is asked for. */
  public enum Side {
    /** What it evolved from. */
    ANCESTORS,
    /** What evolved from it. */
    DESCENDANTS
  }

  /**
   * What each layer evolved from, or what evolved from it.
   *
   * @param depth steps, 1 to 64
   * @param asOf a moment to look back to; null: the present
   * @throws GermlineException INVALID_REQUEST, LIMIT_EXCEEDED, STORE_UNAVAILABLE
   */
  public Map<EntityId, Family> families(
      Caller caller, Side side, int depth, @Nullable Instant asOf, Collection<LayerRow> seen) {
    Viewer viewer = viewer(caller, asOf);
    return switch (side) {
      case ANCESTORS ->
          ask(
              seen,
              layer -> one.ancestors(layer, depth, viewer),
              layers -> many.ancestors(layers, depth, viewer));
      case DESCENDANTS ->
          ask(
              seen,
              layer -> one.descendants(layer, depth, viewer),
              layers -> many.descendants(layers, depth, viewer));
    };
  }

  /** The arrows from and to each layer; otherwise as {@link #families}. */
  public Map<EntityId, List<LayerRelation>> relations(
      Caller caller, @Nullable Instant asOf, Collection<LayerRow> seen) {
    Viewer viewer = viewer(caller, asOf);
    return ask(
        seen, layer -> one.relations(layer, viewer), layers -> many.relations(layers, viewer));
  }

  /** The layers that share a parent with each layer; otherwise as {@link #families}. */
  public Map<EntityId, List<Sibling>> siblings(
      Caller caller, @Nullable Instant asOf, Collection<LayerRow> seen) {
    Viewer viewer = viewer(caller, asOf);
    return ask(seen, layer -> one.siblings(layer, viewer), layers -> many.siblings(layers, viewer));
  }

  /** What is said where the registry has a layer that the graph does not show. */
  public static GermlineException missing(LayerRow row, @Nullable Instant asOf) {
    return missing(List.of(row), asOf, null);
  }

  /** The same of layers of which the graph does not show all. */
  static GermlineException missing(
      List<LayerRow> rows, @Nullable Instant asOf, @Nullable Throwable cause) {
    for (LayerRow row : rows) {
      if (asOf != null && row.createdAt().isAfter(asOf)) {
        return new GermlineException(
            Fault.LAYER_NOT_FOUND,
            "there was no layer %s at %s; it was created at %s"
                .formatted(row.name(), asOf, row.createdAt()),
            cause);
      }
    }
    // The registry has them, so the graph has them not yet.
    return new GermlineException(
        Fault.PROJECTION_BEHIND,
        "the graph does not show %s yet; try again shortly"
            .formatted(
                rows.stream().map(row -> row.name().toString()).collect(Collectors.joining(", "))),
        cause);
  }

  private static <T> Map<EntityId, T> ask(
      Collection<LayerRow> seen,
      Function<LayerName, T> ofOne,
      Function<Collection<LayerName>, Map<LayerName, T>> ofMany) {
    List<LayerName> names = seen.stream().map(LayerRow::name).distinct().toList();
    Map<LayerName, T> found =
        switch (names.size()) {
          case 0 -> Map.of();
          case 1 -> known(names.getFirst(), () -> ofOne.apply(names.getFirst()));
          default -> ofMany.apply(names);
        };
    Map<EntityId, T> answers = new HashMap<>();
    for (LayerRow row : seen) {
      T answer = found.get(row.name());
      if (answer != null) {
        answers.put(row.id(), answer);
      }
    }
    return answers;
  }

  private static <T> Map<LayerName, T> known(LayerName layer, Supplier<T> question) {
    try {
      return Map.of(layer, question.get());
    } catch (GermlineException unknown) {
      if (unknown.fault() == Fault.LAYER_NOT_FOUND) {
        return Map.of();
      }
      throw unknown;
    }
  }

  private static Viewer viewer(Caller caller, @Nullable Instant asOf) {
    return new Viewer(caller.name(), caller.admin(), asOf);
  }
}
