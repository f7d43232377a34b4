package dev.germline.graph.lineage;

import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.Relationship;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Record;
import org.neo4j.driver.Value;

/**
 * Reads the rows of ancestors and descendants: nearest first, a layer with the first arrow that
 * leads to it.
 */
final class FamilyRows {
  private final boolean ancestors;
  private final Map<Long, LayerNode> known = new HashMap<>();
  private final List<LayerNode> nodes = new ArrayList<>();
  private final List<LayerRelation> edges = new ArrayList<>();
  private @Nullable LayerNode root;
  private boolean truncated;

  /**
   * For the rows of one answer.
   *
   * @param ancestors whether arrows lead away from the layer asked about
   */
  FamilyRows(boolean ancestors) {
    this.ancestors = ancestors;
  }

  /** Reads to the end, or to the last arrow that fits; LAYER_NOT_FOUND if there is no row. */
  Family read(List<Record> rows, LayerName layer) {
    for (Record row : rows) {
      if (root == null) {
        root = meet(row.get("at"), LineageRows.node(row.get("root"), 0));
      }
      if (row.get("node").isNull()) {
        continue;
      }
      if (edges.size() == LineageQueries.MAX_RELATIONS) {
        truncated = true;
        break;
      }
      add(row);
    }
    if (root == null) {
      throw LineageRows.notFound(layer);
    }
    nodes.sort(Comparator.comparingInt(LayerNode::depth).thenComparing(LayerNode::name));
    return new Family(root, nodes, edges, truncated);
  }

  private void add(Record row) {
    LayerNode near = known.get(row.get("at").asLong());
    if (near == null) {
      return; // the arrow that led there was taken away while this was read
    }
    LayerNode far = known.get(row.get("node").asLong());
    if (far == null) {
      far = meet(row.get("node"), LineageRows.node(row, row.get("depth").asInt()));
      nodes.add(far);
    }
    LayerName from = (ancestors ? near : far).name();
    LayerName to = (ancestors ? far : near).name();
    edges.add(
        LineageRows.relation(Relationship.Kind.EVOLVED_FROM, from, to, row.get("properties")));
  }

  private LayerNode meet(Value number, LayerNode node) {
    known.put(number.asLong(), node);
    return node;
  }
}
