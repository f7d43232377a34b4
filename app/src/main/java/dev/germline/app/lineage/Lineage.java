package dev.germline.app.lineage;

import dev.germline.app.identity.Caller;
import dev.germline.app.layers.LayerDetail;
import dev.germline.app.layers.LayerRow;
import dev.germline.app.layers.Layers;
import dev.germline.app.sql.Database;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerRef;
import dev.germline.core.layers.Parent;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.EntityId;
import dev.germline.graph.lineage.BlastRadius;
import dev.germline.graph.lineage.CommonAncestor;
import dev.germline.graph.lineage.Family;
import dev.germline.graph.lineage.LayerNode;
import dev.germline.graph.lineage.LayerRelation;
import dev.germline.graph.lineage.LineagePath;
import dev.germline.graph.lineage.LineageQueries;
import dev.germline.graph.lineage.Sibling;
import dev.germline.graph.lineage.Viewer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The lineage of layers as a caller may see it, from the graph. The registry decides whether a
 * layer exists; while the graph is away the answer is STORE_UNAVAILABLE. Thread-safe.
 *
 * <p>Every question may look back to a moment ({@code asOf}; null: the present): only layers
 * created and claims asserted up to then, as their records say, are there.
 */
public final class Lineage {
  /** Layers of which common ancestors may be asked for at once. */
  static final int MOST_LAYERS = 16;

  /** Dead ends that one request looks at to find unused ones. */
  private static final int MOST_LOOKED_AT = 10_000;

  private final Layers layers;
  private final LineageQueries queries;
  private final Database database;

  public Lineage(Layers layers, LineageQueries queries, Database database) {
    this.layers = layers;
    this.queries = queries;
    this.database = database;
  }

  /**
   * What the layer evolved from.
   *
   * @throws GermlineException LAYER_NOT_FOUND, INVALID_REQUEST, PROJECTION_BEHIND,
   *     STORE_UNAVAILABLE
   */
  Relatives ancestors(Caller caller, LayerName layer, int depth, @Nullable Instant asOf) {
    return registered(
        ask(caller, Set.of(layer), asOf, viewer -> queries.ancestors(layer, depth, viewer)));
  }

  /** The same without what the registry says of each. */
  public Family ancestorFamily(Caller caller, LayerName layer, int depth, @Nullable Instant asOf) {
    return ask(caller, Set.of(layer), asOf, viewer -> queries.ancestors(layer, depth, viewer));
  }

  /** What evolved from the layer; otherwise as {@link #ancestors}. */
  Relatives descendants(Caller caller, LayerName layer, int depth, @Nullable Instant asOf) {
    return registered(
        ask(caller, Set.of(layer), asOf, viewer -> queries.descendants(layer, depth, viewer)));
  }

  /** The same without what the registry says of each. */
  public Family descendantFamily(
      Caller caller, LayerName layer, int depth, @Nullable Instant asOf) {
    return ask(caller, Set.of(layer), asOf, viewer -> queries.descendants(layer, depth, viewer));
  }

  /** Ancestors and descendants in one; otherwise as {@link #ancestors}. */
  Relatives both(Caller caller, LayerName layer, int depth, @Nullable Instant asOf) {
    return registered(
        ask(
            caller,
            Set.of(layer),
            asOf,
            viewer -> {
              Family up = queries.ancestors(layer, depth, viewer);
              Family down = queries.descendants(layer, depth, viewer);
              List<LayerNode> nodes = new ArrayList<>(up.nodes());
              nodes.addAll(down.nodes());
              List<LayerRelation> edges = new ArrayList<>(up.edges());
              edges.addAll(down.edges());
              return new Family(up.root(), nodes, edges, up.truncated() || down.truncated());
            }));
  }

  /** Every arrow from or to the layer; otherwise as {@link #ancestors}. */
  public List<LayerRelation> relations(Caller caller, LayerName layer, @Nullable Instant asOf) {
    return ask(caller, Set.of(layer), asOf, viewer -> queries.relations(layer, viewer));
  }

  /** Layers that share a parent with this one; otherwise as {@link #ancestors}. */
  List<Sibling> siblings(Caller caller, LayerName layer, @Nullable Instant asOf) {
    return ask(caller, Set.of(layer), asOf, viewer -> queries.siblings(layer, viewer));
  }

  /**
   * What all of two to sixteen layers evolved from, the nearest first; otherwise as {@link
   * #ancestors}.
   */
  public List<CommonAncestor> commonAncestors(
      Caller caller, Collection<LayerName> names, @Nullable Instant asOf) {
    Set<LayerName> distinct = new LinkedHashSet<>(names);
    if (distinct.size() < 2 || distinct.size() > MOST_LAYERS) {
      throw new GermlineException(
          Fault.INVALID_REQUEST,
          "%d different layers are given; give 2 to %d".formatted(distinct.size(), MOST_LAYERS));
    }
    return ask(caller, distinct, asOf, viewer -> queries.commonAncestors(distinct, viewer));
  }

  /** A shortest way between two layers; otherwise as {@link #ancestors}. */
  public Optional<LineagePath> path(
      Caller caller, LayerName from, LayerName to, @Nullable Instant asOf) {
    Set<LayerName> ends = new LinkedHashSet<>(List.of(from, to));
    return ask(caller, ends, asOf, viewer -> queries.path(from, to, viewer));
  }

  /** A page of what would feel it if the layer went away; otherwise as {@link #ancestors}. */
  public BlastRadius blast(
      Caller caller, LayerName layer, int depth, int offset, int limit, @Nullable Instant asOf) {
    return ask(
        caller, Set.of(layer), asOf, viewer -> queries.blast(layer, depth, offset, limit, viewer));
  }

  /**
   * A layer that nothing evolved from and nothing depends on.
   *
   * @param lastUsed when a session with it last began; null for never
   */
  public record DeadEnd(LayerNode layer, @Nullable Instant lastUsed) {}

  /**
   * A page of dead ends, by name.
   *
   * @param items those that are asked for
   * @param next the name behind which the next page starts; absent on the last
   */
  public record DeadEnds(List<DeadEnd> items, Optional<LayerName> next) {}

  /**
   * A page of dead ends, by name. It is full unless it is the last, or {@code unusedSince} left so
   * many out that 10,000 were looked at, with at most a dozen questions to each of graph and
   * registry: then it has what was found, perhaps nothing, and says where to go on.
   *
   * @param limit 1 to 1000
   * @param unusedSince only those that no session used from then on; null for all
   * @throws GermlineException INVALID_REQUEST, STORE_UNAVAILABLE
   */
  public DeadEnds deadEnds(
      Caller caller,
      @Nullable String namespace,
      @Nullable LayerName after,
      int limit,
      @Nullable Instant unusedSince,
      @Nullable Instant asOf) {
    Viewer viewer = viewer(caller, asOf);
    return new FullPage(
            (name, most) -> queries.deadEnds(namespace, name, most, viewer),
            this::lastUsed,
            MOST_LOOKED_AT)
        .of(after, limit, unusedSince);
  }

  private Map<LayerNode, Instant> lastUsed(Collection<LayerNode> nodes) {
    List<EntityId> ids = nodes.stream().map(LayerNode::id).toList();
    Map<EntityId, Instant> used =
        database.read(connection -> RegisteredRows.lastUsed(connection, ids));
    Map<LayerNode, Instant> byNode = new HashMap<>();
    for (LayerNode node : nodes) {
      Instant last = used.get(node.id());
      if (last != null) {
        byNode.put(node, last);
      }
    }
    return byNode;
  }

  /**
   * A parent as a layer's record pins it.
   *
   * @param status as {@link Relatives#status}; a parent the caller may not see is unknown
   */
  record Pin(LayerRef parent, String status) {}

  /**
   * The parents that the layer's own record pins by digest, each checked against the registry.
   *
   * @throws GermlineException LAYER_NOT_FOUND, STORE_UNAVAILABLE
   */
  List<Pin> pins(Caller caller, LayerName layer) {
    LayerDetail detail = layers.get(caller, layer);
    Map<EntityId, LayerRef> parents = new LinkedHashMap<>();
    for (Parent parent : detail.layer().manifest().provenance().parents()) {
      parents.put(Document.idOf(parent.ref().digest()), parent.ref());
    }
    Map<EntityId, Registered> rows =
        database.read(connection -> RegisteredRows.of(connection, parents.keySet()));
    Map<LayerName, LayerRow> visible =
        layers.rows(caller, parents.values().stream().map(LayerRef::layer).toList());
    List<Pin> pins = new ArrayList<>();
    parents.forEach((id, ref) -> {
      Registered row = rows.get(id);
      LayerRow seen = visible.get(ref.layer());
      boolean known = row != null && seen != null && seen.digest().equals(ref.digest());
      pins.add(new Pin(ref, row != null && known ? row.status() : Registered.UNKNOWN));
    });
    return pins;
  }

  /** Looks up in the registry what the graph shows. */
  private Relatives registered(Family family) {
    List<EntityId> ids = new ArrayList<>();
    ids.add(family.root().id());
    family.nodes().forEach(node -> ids.add(node.id()));
    return new Relatives(
        family.root(),
        family.nodes(),
        family.edges(),
        family.truncated(),
        database.read(connection -> RegisteredRows.of(connection, ids)));
  }

  /** Asks the graph while the registry is asked whether the layers are there at all. */
  private <T> T ask(
      Caller caller, Set<LayerName> names, @Nullable Instant asOf, Function<Viewer, T> query) {
    FutureTask<T> graph = new FutureTask<>(() -> query.apply(viewer(caller, asOf)));
    Thread.ofVirtual().name("lineage").start(graph);
    List<LayerRow> rows = names.stream().map(name -> layers.row(caller, name)).toList();
    try {
      return result(graph);
    } catch (GermlineException unknown) {
      throw unknown.fault() == Fault.LAYER_NOT_FOUND
          ? Lineages.missing(rows, asOf, unknown)
          : unknown;
    }
  }

  /** What a task of ours came to, as this thread's own. */
  static <T> T result(FutureTask<T> graph) {
    try {
      return graph.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof GermlineException wrong
          ? new GermlineException(wrong.fault(), wrong.detail(), wrong)
          : new IllegalStateException("a question failed", failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new GermlineException(Fault.STORE_UNAVAILABLE, "the server is stopping", stopped);
    }
  }

  private static Viewer viewer(Caller caller, @Nullable Instant asOf) {
    return new Viewer(caller.name(), caller.admin(), asOf);
  }
}
