package dev.germline.graph.projection;

import dev.germline.core.ledger.CognitiveDiff;
import dev.germline.core.substrate.Chunk;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.Edge;
import dev.germline.core.substrate.EdgeKey;
import dev.germline.core.substrate.Embedding;
import dev.germline.core.substrate.EntityId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Several consecutive diffs as the one change they amount to: for every entity only what the last
 * diff says of it. A diff names all that a removal takes along (CP-001 cascade), so what is not
 * named has not changed.
 */
final class NetChanges {
  /** Empty means removed. */
  private final Map<EntityId, Optional<Document>> documents = new LinkedHashMap<>();

  private final Map<EntityId, Optional<Chunk>> chunks = new LinkedHashMap<>();
  private final Map<EntityId, Optional<Embedding>> embeddings = new LinkedHashMap<>();
  private final Map<EdgeKey, Optional<Edge>> edges = new LinkedHashMap<>();

  /** How many entities a diff puts or removes. */
  static long size(CognitiveDiff diff) {
    return (long) diff.documents().size()
        + diff.chunks().size()
        + diff.embeddings().size()
        + diff.edges().size()
        + diff.removedDocuments().size()
        + diff.removedChunks().size()
        + diff.removedEmbeddings().size()
        + diff.removedEdges().size();
  }

  /** Adds the diff that follows all those added before: its removals, then its upserts. */
  void add(CognitiveDiff diff) {
    diff.removedEdges().forEach(key -> edges.put(key, Optional.empty()));
    diff.removedEmbeddings().forEach(id -> embeddings.put(id, Optional.empty()));
    diff.removedChunks().forEach(id -> chunks.put(id, Optional.empty()));
    diff.removedDocuments().forEach(id -> documents.put(id, Optional.empty()));
    diff.documents().forEach(document -> documents.put(document.id(), Optional.of(document)));
    diff.chunks().forEach(chunk -> chunks.put(chunk.id(), Optional.of(chunk)));
    diff.embeddings().forEach(e -> embeddings.put(e.id(), Optional.of(e)));
    diff.edges().forEach(edge -> edges.put(edge.key(), Optional.of(edge)));
  }

  /** Sources of put edges whose content must be known and is not among these changes. */
  Set<EntityId> missingSources() {
    Set<EntityId> missing = new HashSet<>();
    edges.forEach((key, edge) -> {
      if (edge.isPresent()
          && Translation.needsSource(key.kind())
          && !documents.containsKey(key.source())) {
        missing.add(key.source());
      }
    });
    return missing;
  }

  /**
   * Content hashes of the records that {@link #translate} reads.
   *
   * @param sources content hashes of the {@link #missingSources} that are documents
   */
  Set<Digest> recordsNeeded(Map<EntityId, Digest> sources) {
    Set<Digest> needed = new HashSet<>();
    for (Optional<Document> document : documents.values()) {
      document.filter(Translation::isRecord).ifPresent(d -> needed.add(d.contentHash()));
    }
    edges.forEach((key, edge) -> {
      if (edge.isPresent() && Translation.needsSource(key.kind())) {
        content(key.source(), sources).ifPresent(needed::add);
      }
    });
    return needed;
  }

  /** What to do to the graph. */
  GraphChanges translate(Map<EntityId, Digest> sources, Records records) {
    List<Node> putNodes = new ArrayList<>();
    Set<EntityId> dropNodes = new HashSet<>();
    Map<EntityId, Optional<Arrow>> arrows = new HashMap<>();
    documents.forEach((id, document) -> {
      if (document.isEmpty()) {
        dropNodes.add(id);
      } else {
        putNodes.add(Translation.node(document.get(), records));
        Translation.arrow(document.get(), records).ifPresent(a -> arrows.put(id, Optional.of(a)));
      }
    });
    chunks.forEach((id, chunk) ->
        chunk.map(Translation::node).ifPresentOrElse(putNodes::add, () -> dropNodes.add(id)));
    embeddings.forEach((id, embedding) ->
        embedding.map(Translation::node).ifPresentOrElse(putNodes::add, () -> dropNodes.add(id)));

    List<Relation> putRelations = new ArrayList<>();
    List<EdgeKey> dropRelations = new ArrayList<>();
    Set<EntityId> dropArrows = new HashSet<>(dropNodes);
    edges.forEach((key, edge) -> {
      if (edge.isPresent()) {
        Optional<Digest> source =
            Translation.needsSource(key.kind()) ? content(key.source(), sources) : Optional.empty();
        Translation.relation(edge.get(), source, records).ifPresent(putRelations::add);
      } else if (!dropNodes.contains(key.source()) && !dropNodes.contains(key.target())) {
        dropRelations.add(key); // the others go with their nodes
      }
      if (Translation.carriesArrow(key.kind())) {
        arrows.putIfAbsent(key.source(), Optional.empty());
        if (edge.isEmpty()) {
          dropArrows.add(key.source());
        }
      }
    });
    return new GraphChanges(putNodes, dropNodes, putRelations, dropRelations, dropArrows, arrows);
  }

  private Optional<Digest> content(EntityId source, Map<EntityId, Digest> sources) {
    Optional<Document> changed = documents.get(source);
    return changed == null
        ? Optional.ofNullable(sources.get(source))
        : changed.map(Document::contentHash);
  }
}
