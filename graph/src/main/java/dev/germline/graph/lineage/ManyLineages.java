package dev.germline.graph.lineage;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.Relationship;
import dev.germline.graph.CypherFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Record;

/**
 * Questions of {@link LineageQueries}, asked about many layers by one statement: each layer is
 * answered as it is there, and one that is not there for the viewer is left out. Thread-safe.
 */
public final class ManyLineages {
  /** Rows that all answers of one question hold at most. */
  public static final int MAX_ROWS = 100_000;

  private final GraphCall graph;

  /**
   * Questions to one graph.
   *
   * @param limit how long one may take, from asking for a connection to the last row
   */
  public ManyLineages(Driver driver, Duration limit) {
    this.graph = new GraphCall(driver, limit);
  }

  /**
   * The layers that each of these evolved from.
   *
   * @param depth 1 to {@value LineageQueries#MAX_DEPTH}
   * @throws GermlineException INVALID_REQUEST for another depth, LIMIT_EXCEEDED, STORE_UNAVAILABLE
   */
  public Map<LayerName, Family> ancestors(Collection<LayerName> layers, int depth, Viewer viewer) {
    return families(CypherFile.ANCESTORS, layers, depth, viewer);
  }

  /** The layers that evolved from each of these; otherwise as {@link #ancestors}. */
  public Map<LayerName, Family> descendants(
      Collection<LayerName> layers, int depth, Viewer viewer) {
    return families(CypherFile.DESCENDANTS, layers, depth, viewer);
  }

  /**
   * The arrows from and to each of these layers.
   *
   * @throws GermlineException LIMIT_EXCEEDED, STORE_UNAVAILABLE
   */
  public Map<LayerName, List<LayerRelation>> relations(
      Collection<LayerName> layers, Viewer viewer) {
    Map<String, Object> parameters = LineageRows.parameters(viewer);
    parameters.put("limit", LineageQueries.MAX_RELATIONS);
    return ask(
        CypherFile.RELATIONS.statement(),
        layers,
        parameters,
        (rows, _) ->
            rows.stream()
                .filter(row -> !row.get("type").isNull())
                .map(row ->
                    LineageRows.relation(
                        row, Relationship.Kind.valueOf(row.get("type").asString())))
                .toList());
  }

  /** The layers that share a parent with each of these; otherwise as {@link #relations}. */
  public Map<LayerName, List<Sibling>> siblings(Collection<LayerName> layers, Viewer viewer) {
    Map<String, Object> parameters = LineageRows.parameters(viewer);
    parameters.put("limit", LineageQueries.MAX_RELATIONS);
    return ask(
        CypherFile.SIBLINGS.statement(),
        layers,
        parameters,
        (rows, _) ->
            rows.stream()
                .filter(row -> !row.get("id").isNull())
                .map(LineageRows::sibling)
                .toList());
  }

  private Map<LayerName, Family> families(
      CypherFile question, Collection<LayerName> layers, int depth, Viewer viewer) {
    LineageQueries.range("depth", depth, LineageQueries.MAX_DEPTH);
    Map<String, Object> parameters = LineageRows.parameters(viewer);
    parameters.put("limit", LineageQueries.MAX_RELATIONS + 1);
    parameters.put("depth", depth);
    return ask(
        question.bounded(depth - 1, viewer.admin(), viewer.asOf() == null),
        layers,
        parameters,
        (rows, layer) -> new FamilyRows(question == CypherFile.ANCESTORS).read(rows, layer));
  }

  /** The question about one layer, for each of {@code $names} in turn, which is {@code asked}. */
  static String forEach(String question) {
    return "UNWIND $names AS asked CALL (asked) {\n"
        + question.replaceAll("\\$name\\b", "asked")
        + "\n} RETURN * LIMIT $most";
  }

  private <T> Map<LayerName, T> ask(
      String question,
      Collection<LayerName> layers,
      Map<String, Object> parameters,
      BiFunction<List<Record>, LayerName, T> answer) {
    parameters.put("names", layers.stream().map(LayerName::toString).distinct().toList());
    parameters.put("most", MAX_ROWS + 1);
    List<Record> rows = graph.rows(forEach(question), parameters);
    if (rows.size() > MAX_ROWS) {
      throw new GermlineException(
          Fault.LIMIT_EXCEEDED,
          "the lineages of %d layers come to more than %d arrows; ask about fewer layers at once"
              .formatted(layers.size(), MAX_ROWS));
    }
    Map<String, List<Record>> byLayer = new LinkedHashMap<>();
    for (Record row : rows) {
      byLayer.computeIfAbsent(row.get("asked").asString(), _ -> new ArrayList<>()).add(row);
    }
    Map<LayerName, T> answers = new LinkedHashMap<>();
    byLayer.forEach((name, own) -> {
      LayerName layer = LayerName.parse(name);
      answers.put(layer, answer.apply(own, layer));
    });
    return answers;
  }
}
