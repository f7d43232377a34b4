package dev.germline.graph.projection;

import dev.germline.core.layers.Relationship;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EdgeKey;
import dev.germline.core.substrate.EntityId;
import dev.germline.graph.CypherFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.neo4j.driver.Record;
import org.neo4j.driver.Transaction;

/** Runs {@link GraphChanges} in the caller's transaction. Every statement may be repeated. */
final class GraphWriter {
  /** Rows of one statement: enough to amortise a round trip, few enough for a small heap. */
  private static final int ROWS = 5_000;

  private final Transaction tx;

  GraphWriter(Transaction tx) {
    this.tx = tx;
  }

  void write(GraphChanges changes) {
    run(CypherFile.DROP_CLAIMS, "claims", ids(changes.dropArrows()));
    run(
        CypherFile.DROP_RELATIONS,
        "rows",
        changes.dropRelations().stream().map(this::row).toList());
    run(CypherFile.DROP_NODES, "ids", ids(changes.dropNodes()));
    List<Object> noClaimsNow =
        run(CypherFile.PUT_NODES, "rows", changes.putNodes().stream().map(this::row).toList())
            .stream()
            .map(row -> (Object) row.get("id").asString())
            .toList();
    run(CypherFile.DROP_CLAIMS, "claims", noClaimsNow);
    putRelations(changes.putRelations());
    putArrows(changes);
  }

  /** Content hashes of those of the ids that are documents in the graph. */
  Map<EntityId, Digest> contentHashes(Set<EntityId> ids) {
    Map<EntityId, Digest> hashes = new HashMap<>();
    for (Record row : run(CypherFile.CONTENT_HASHES, "ids", ids(ids))) {
      hashes.put(
          EntityId.parse(row.get("id").asString()),
          Digest.parse(row.get("contentHash").asString()));
    }
    return hashes;
  }

  private void putRelations(List<Relation> relations) {
    Map<String, List<Object>> byType = new LinkedHashMap<>();
    for (Relation relation : relations) {
      byType.computeIfAbsent(relation.type(), type -> new ArrayList<>()).add(row(relation));
    }
    byType.forEach((type, rows) -> run(CypherFile.valueOf("PUT_" + type), "rows", rows));
  }

  private void putArrows(GraphChanges changes) {
    Map<Relationship.Kind, List<Object>> byType = new EnumMap<>(Relationship.Kind.class);
    changes
        .arrows()
        .forEach((claim, arrow) -> {
          for (Relationship.Kind kind : Relationship.Kind.values()) {
            if (arrow.isEmpty() || arrow.get().type() == kind) {
              byType.computeIfAbsent(kind, k -> new ArrayList<>()).add(claim.toString());
            }
          }
        });
    byType.forEach((kind, claims) -> run(CypherFile.valueOf("PUT_" + kind), "claims", claims));
  }

  private List<Record> run(CypherFile file, String parameter, List<?> rows) {
    List<Record> results = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += ROWS) {
      List<?> some = rows.subList(from, Math.min(from + ROWS, rows.size()));
      results.addAll(tx.run(file.statement(), Map.of(parameter, some)).list());
    }
    return results;
  }

  private static List<Object> ids(Collection<EntityId> ids) {
    return ids.stream().map(id -> (Object) id.toString()).toList();
  }

  private Object row(Node node) {
    return Map.of(
        "id", node.id().toString(),
        "labels", List.copyOf(node.labels()),
        "properties", node.properties());
  }

  private Object row(Relation relation) {
    return Map.of(
        "source", relation.source().toString(),
        "target", relation.target().toString(),
        "kind", relation.kind(),
        "properties", relation.properties());
  }

  private Object row(EdgeKey key) {
    return Map.of(
        "source", key.source().toString(),
        "target", key.target().toString(),
        "type", Translation.type(key.kind()),
        "kind", Translation.kind(key));
  }
}
