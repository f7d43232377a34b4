package dev.germline.graph.lineage;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.Relationship;
import dev.germline.graph.CypherFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Record;
import org.neo4j.driver.TransactionContext;
import org.neo4j.driver.Value;

/**
 * Questions about a layer's relatives, one Cypher file each. A layer the viewer may not see is not
 * there: neither it nor its arrows nor what is known only through it; and nothing is that came
 * after the moment it looks at. Thread-safe.
 */
public final class LineageQueries {
  /** The deepest search. */
  public static final int MAX_DEPTH = 64;

  /** Arrows that one answer holds at most. */
  public static final int MAX_RELATIONS = 10_000;

  /** Layers of one answer or page at most, where it lists layers. */
  public static final int MAX_LAYERS = 1_000;

  private final GraphCall graph;

  /**
   * Questions to one graph.
   *
   * @param limit how long one may take, from asking for a connection to the last row
   */
  public LineageQueries(Driver driver, Duration limit) {
    this.graph = new GraphCall(driver, limit);
  }

  /**
   * The layers this one evolved from, up to so many steps.
   *
   * @param depth 1 to {@value #MAX_DEPTH}
   * @throws GermlineException LAYER_NOT_FOUND, INVALID_REQUEST for another depth, STORE_UNAVAILABLE
   */
  public Family ancestors(LayerName layer, int depth, Viewer viewer) {
    return family(true, layer, depth, viewer);
  }

  /**
   * The layers that evolved from this one, up to so many steps.
   *
   * @param depth 1 to {@value #MAX_DEPTH}
   * @throws GermlineException LAYER_NOT_FOUND, INVALID_REQUEST for another depth, STORE_UNAVAILABLE
   */
  public Family descendants(LayerName layer, int depth, Viewer viewer) {
    return family(false, layer, depth, viewer);
  }

  /**
   * All arrows from and to a layer, by type and names; at most {@value #MAX_RELATIONS}.
   *
   * @throws GermlineException LAYER_NOT_FOUND, STORE_UNAVAILABLE
   */
  public List<LayerRelation> relations(LayerName layer, Viewer viewer) {
    Map<String, Object> parameters = about(layer, viewer, MAX_RELATIONS);
    return graph.read(tx -> {
      List<LayerRelation> relations = new ArrayList<>();
      for (Record row : found(tx, CypherFile.RELATIONS, parameters, layer)) {
        if (!row.get("type").isNull()) {
          relations.add(
              LineageRows.relation(row, Relationship.Kind.valueOf(row.get("type").asString())));
        }
      }
      return relations;
    });
  }

  /**
   * The layers that share a parent with this one, by name; at most {@value #MAX_RELATIONS}.
   *
   * @throws GermlineException LAYER_NOT_FOUND, STORE_UNAVAILABLE
   */
  public List<Sibling> siblings(LayerName layer, Viewer viewer) {
    Map<String, Object> parameters = about(layer, viewer, MAX_RELATIONS);
    return graph.read(tx -> {
      List<Sibling> siblings = new ArrayList<>();
      for (Record row : found(tx, CypherFile.SIBLINGS, parameters, layer)) {
        if (!row.get("id").isNull()) {
          siblings.add(LineageRows.sibling(row));
        }
      }
      return siblings;
    });
  }

  /**
   * What all of these layers evolved from, the nearest first; at most {@value #MAX_LAYERS}.
   *
   * @throws GermlineException LAYER_NOT_FOUND, STORE_UNAVAILABLE
   */
  public List<CommonAncestor> commonAncestors(Set<LayerName> layers, Viewer viewer) {
    Map<String, Object> parameters = LineageRows.parameters(viewer);
    parameters.put("names", layers.stream().map(LayerName::toString).toList());
    parameters.put("limit", MAX_LAYERS);
    return graph.read(tx -> {
      layers.forEach(layer -> find(tx, layer, viewer));
      return common(tx.run(CypherFile.COMMON_ANCESTORS.statement(), parameters).list());
    });
  }

  /**
   * A shortest way between two layers along EVOLVED_FROM and DEPENDS_ON, whichever way they point;
   * of at most {@value #MAX_DEPTH} arrows. Empty if there is none.
   *
   * @throws GermlineException LAYER_NOT_FOUND, STORE_UNAVAILABLE
   */
  public Optional<LineagePath> path(LayerName from, LayerName to, Viewer viewer) {
    Map<String, Object> parameters = LineageRows.parameters(viewer);
    parameters.put("from", from.toString());
    parameters.put("to", to.toString());
    return graph.read(tx -> {
      LayerNode start = find(tx, from, viewer);
      find(tx, to, viewer);
      if (from.equals(to)) {
        return Optional.of(new LineagePath(List.of(start), List.of()));
      }
      return tx.run(CypherFile.PATH.statement(), parameters).stream()
          .findFirst()
          .map(LineageQueries::path);
    });
  }

  /**
   * What depends on a layer or evolved from it, transitively: one page, by impact.
   *
   * @param depth 1 to {@value #MAX_DEPTH}
   * @param offset hits before the page
   * @param limit 1 to {@value #MAX_LAYERS}
   * @throws GermlineException LAYER_NOT_FOUND, INVALID_REQUEST for another number,
   *     STORE_UNAVAILABLE
   */
  public BlastRadius blast(LayerName layer, int depth, int offset, int limit, Viewer viewer) {
    range("depth", depth, MAX_DEPTH);
    range("limit", limit, MAX_LAYERS);
    if (offset < 0) {
      throw new GermlineException(
          Fault.INVALID_REQUEST, "offset is " + offset + "; give 0 or more");
    }
    return graph.read(tx -> BlastQuery.ask(tx, layer, depth, offset, limit, viewer));
  }

  /**
   * Layers that nothing evolved from and nothing depends on, by name.
   *
   * @param namespace only of this one; null for all
   * @param after the name after which to begin; null for the first
   * @param limit 1 to {@value #MAX_LAYERS}
   * @throws GermlineException INVALID_REQUEST for another limit, STORE_UNAVAILABLE
   */
  public List<LayerNode> deadEnds(
      @Nullable String namespace, @Nullable LayerName after, int limit, Viewer viewer) {
    range("limit", limit, MAX_LAYERS);
    Map<String, Object> parameters = LineageRows.parameters(viewer);
    String begin = namespace == null ? "" : namespace + "/";
    String from = after == null ? "" : after.toString();
    parameters.put("after", from.compareTo(begin) > 0 ? from : begin);
    parameters.put("before", namespace == null ? "~" : namespace + "0"); // '0' follows '/'
    parameters.put("limit", limit);
    return graph.read(tx ->
        tx.run(CypherFile.DEAD_ENDS.statement(), parameters).list(row -> LineageRows.node(row, 0)));
  }

  private Family family(boolean ancestors, LayerName layer, int depth, Viewer viewer) {
    range("depth", depth, MAX_DEPTH);
    Map<String, Object> parameters = about(layer, viewer, MAX_RELATIONS + 1);
    parameters.put("depth", depth);
    CypherFile question = ancestors ? CypherFile.ANCESTORS : CypherFile.DESCENDANTS;
    List<Record> rows =
        graph.rows(question.bounded(depth - 1, viewer.admin(), viewer.asOf() == null), parameters);
    return new FamilyRows(ancestors).read(rows, layer);
  }

  private static List<CommonAncestor> common(List<Record> rows) {
    Set<String> further = new HashSet<>();
    rows.forEach(row -> further.addAll(row.get("parents").asList(Value::asString)));
    List<CommonAncestor> common = new ArrayList<>();
    for (Record row : rows) {
      Map<LayerName, Integer> steps = new HashMap<>();
      int sum = 0;
      for (Value of : row.get("depths").values()) {
        steps.put(LayerName.parse(of.get(0).asString()), of.get(1).asInt());
        sum += of.get(1).asInt();
      }
      boolean nearest = !further.contains(row.get("id").asString());
      common.add(new CommonAncestor(LineageRows.node(row, sum), steps, nearest));
    }
    return common;
  }

  private static LineagePath path(Record row) {
    List<LayerNode> layers = new ArrayList<>();
    for (Value layer : row.get("layers").values()) {
      layers.add(LineageRows.node(layer, layers.size()));
    }
    return new LineagePath(layers, row.get("arrows").asList(LineageRows::relation));
  }

  private static LayerNode find(TransactionContext tx, LayerName layer, Viewer viewer) {
    Map<String, Object> parameters = LineageRows.parameters(viewer);
    parameters.put("name", layer.toString());
    return LineageRows.node(found(tx, CypherFile.LAYER, parameters, layer).getFirst(), 0);
  }

  /** The rows; a question about a layer that is there has at least one. */
  private static List<Record> found(
      TransactionContext tx, CypherFile question, Map<String, Object> parameters, LayerName layer) {
    List<Record> rows = tx.run(question.statement(), parameters).list();
    if (rows.isEmpty()) {
      throw LineageRows.notFound(layer);
    }
    return rows;
  }

  private static Map<String, Object> about(LayerName layer, Viewer viewer, int limit) {
    Map<String, Object> parameters = LineageRows.parameters(viewer);
    parameters.put("name", layer.toString());
    parameters.put("limit", limit);
    return parameters;
  }

  static void range(String what, int given, int most) {
    if (given < 1 || given > most) {
      throw new GermlineException(
          Fault.INVALID_REQUEST, "%s is %d; give 1 to %d".formatted(what, given, most));
    }
  }
}
