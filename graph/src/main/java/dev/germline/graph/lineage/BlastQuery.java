package dev.germline.graph.lineage;

import dev.germline.core.layers.LayerName;
import dev.germline.graph.CypherFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.neo4j.driver.Record;
import org.neo4j.driver.Result;
import org.neo4j.driver.TransactionContext;
import org.neo4j.driver.Value;

/**
 * The question for a blast radius: the arrows as bare numbers first, and names for those layers
 * only that are on the page, both in one transaction.
 */
final class BlastQuery {
  /** Layers that are hit, and arrows, after which an answer is not whole. */
  private static final int MAX_LAYERS = 50_000;

  private static final int MAX_ARROWS = 200_000;

  private BlastQuery() {}

  static BlastRadius ask(
      TransactionContext tx, LayerName layer, int depth, int offset, int limit, Viewer viewer) {
    Map<String, Object> parameters = LineageRows.parameters(viewer);
    parameters.put("name", layer.toString());
    parameters.put("depth", depth);
    parameters.put("limit", MAX_LAYERS + 2); // the one asked about, and one too many
    Result rows =
        tx.run(
            CypherFile.BLAST.bounded(depth - 1, viewer.admin(), viewer.asOf() == null), parameters);
    Impact impact = new Impact();
    long root = -1;
    int arrows = 0;
    while (rows.hasNext() && arrows <= MAX_ARROWS) {
      Record row = rows.next();
      long node = row.get("node").asLong();
      root = root < 0 ? node : root;
      for (Value arrow : row.get("arrows").values()) {
        impact.add(
            node, arrow.get(0).asLong(), arrow.get(1).asDouble(1), arrow.get(2).asBoolean(true));
        arrows++;
      }
    }
    rows.consume();
    if (root < 0) {
      throw LineageRows.notFound(layer);
    }
    List<Impact.Hit> hits = impact.of(root);
    List<Impact.Hit> page =
        hits.subList(Math.min(offset, hits.size()), Math.min(offset + limit, hits.size()));
    Map<Long, Record> named = named(tx, root, page);
    List<BlastRadius.Hit> shown = new ArrayList<>();
    for (Impact.Hit hit : page) {
      Record row = named.get(hit.node());
      if (row != null) {
        shown.add(
            new BlastRadius.Hit(LineageRows.node(row, hit.steps()), hit.impact(), hit.required()));
      }
    }
    Record start = named.get(root);
    if (start == null) {
      throw LineageRows.notFound(layer); // it went away meanwhile
    }
    return new BlastRadius(
        LineageRows.node(start, 0),
        hits.size(),
        hits.size() > MAX_LAYERS || arrows > MAX_ARROWS,
        shown);
  }

  private static Map<Long, Record> named(TransactionContext tx, long root, List<Impact.Hit> page) {
    List<Long> nodes = new ArrayList<>(List.of(root));
    page.forEach(hit -> nodes.add(hit.node()));
    Map<Long, Record> named = new HashMap<>();
    for (Record row :
        tx.run(CypherFile.LAYERS_BY_NODE.statement(), Map.of("places", nodes)).list()) {
      named.put(row.get("node").asLong(), row);
    }
    return named;
  }
}
