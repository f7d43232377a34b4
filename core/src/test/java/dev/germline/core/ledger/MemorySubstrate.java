package dev.germline.core.ledger;

import dev.germline.core.merkle.Changes;
import dev.germline.core.merkle.EntityLeaf;
import dev.germline.core.substrate.Chunk;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.Edge;
import dev.germline.core.substrate.EdgeKey;
import dev.germline.core.substrate.Embedding;
import dev.germline.core.substrate.EntityId;
import dev.germline.core.substrate.EntityRef;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A substrate in a map; every question is answered by looking at everything. */
final class MemorySubstrate implements SubstrateView {
  final Map<EntityRef, EntityLeaf> all = new TreeMap<>();

  void apply(Changes changes) {
    changes.removals().forEach(all::remove);
    changes.upserts().forEach(leaf -> all.put(leaf.ref(), leaf));
  }

  private <E> Stream<E> each(Class<E> type) {
    return all.values().stream().map(EntityLeaf::entity).filter(type::isInstance).map(type::cast);
  }

  @Override
  public Optional<Digest> leafV2(EntityRef ref) {
    return Optional.ofNullable(all.get(ref)).map(leaf -> leaf.row().leafV2());
  }

  @Override
  public Optional<Digest> contentHash(EntityId document) {
    return each(Document.class)
        .filter(d -> d.id().equals(document))
        .map(Document::contentHash)
        .findAny();
  }

  @Override
  public Collection<EntityId> chunksOf(EntityId document) {
    return each(Chunk.class).filter(c -> c.documentId().equals(document)).map(Chunk::id).toList();
  }

  @Override
  public Collection<EntityId> embeddingsOf(EntityId chunk) {
    return each(Embedding.class).filter(e -> e.chunkId().equals(chunk)).map(Embedding::id).toList();
  }

  @Override
  public Collection<EdgeKey> edgesOf(EntityId entity) {
    return each(Edge.class)
        .filter(e -> e.source().equals(entity) || e.target().equals(entity))
        .map(Edge::key)
        .toList();
  }

  @Override
  public OptionalInt dimensionOf(Digest modelHash) {
    return each(Embedding.class)
        .filter(e -> e.modelHash().equals(modelHash))
        .mapToInt(e -> e.vector().dimension())
        .findAny();
  }
}
