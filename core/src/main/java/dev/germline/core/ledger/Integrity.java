package dev.germline.core.ledger;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.merkle.Changes;
import dev.germline.core.merkle.EntityLeaf;
import dev.germline.core.substrate.Chunk;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.Edge;
import dev.germline.core.substrate.EdgeKey;
import dev.germline.core.substrate.Embedding;
import dev.germline.core.substrate.Entity;
import dev.germline.core.substrate.EntityId;
import dev.germline.core.substrate.EntityRef;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Referential integrity and cascades (CP-001, Desired Properties 2 and 4). */
public final class Integrity {
  private Integrity() {}

  /**
   * What a batch comes to against a state: removals with everything that depends on them, then
   * upserts whose references must all exist, without those that change nothing. Writes nothing.
   *
   * @throws GermlineException REFERENCE_NOT_FOUND if an upsert points to nothing, ID_COLLISION if a
   *     document's id belongs to another content, INVALID_ENTITY if a vector has not the dimension
   *     of its model, INVALID_REQUEST if a batch gives one entity twice and differently
   */
  public static Changes resolve(SubstrateView view, Batch batch) {
    PendingView after = new PendingView(view);
    for (EntityRef removal : batch.removals()) {
      cascade(after, removal);
    }
    for (EntityLeaf upsert : inOrder(batch)) {
      check(after, upsert);
      after.put(upsert);
    }
    return after.changes();
  }

  /** Upserts with what others point to first: documents, chunks, embeddings, edges. */
  private static Iterable<EntityLeaf> inOrder(Batch batch) {
    TreeMap<EntityRef, EntityLeaf> ordered = new TreeMap<>();
    for (Entity entity : batch.upserts()) {
      EntityLeaf leaf = EntityLeaf.of(entity);
      EntityLeaf before = ordered.put(leaf.ref(), leaf);
      if (before != null && !before.row().equals(leaf.row())) {
        collide(before.entity(), entity);
        throw new GermlineException(
            Fault.INVALID_REQUEST, leaf.ref() + " is given twice with different values");
      }
    }
    return ordered.values();
  }

  private static void collide(Entity one, Entity other) {
    if (one instanceof Document a
        && other instanceof Document b
        && !a.contentHash().equals(b.contentHash())) {
      throw collision(b, a.contentHash());
    }
  }

  private static void cascade(PendingView after, EntityRef ref) {
    if (!after.contains(ref)) {
      return;
    }
    after.remove(ref);
    if (!(ref.key() instanceof EntityId id)) {
      return;
    }
    switch (ref.kind()) {
      case DOCUMENT -> after.chunksOf(id).forEach(c -> cascade(after, EntityRef.chunk(c)));
      case CHUNK -> after.embeddingsOf(id).forEach(e -> cascade(after, EntityRef.embedding(e)));
      case EMBEDDING, EDGE -> {}
    }
    for (EdgeKey edge : after.edgesOf(id)) {
      after.remove(EntityRef.edge(edge));
    }
  }

  private static void check(SubstrateView state, EntityLeaf upsert) {
    switch (upsert.entity()) {
      case Document d -> checkContent(state, d, upsert.row().leafV2());
      case Chunk c ->
          require(state.contains(EntityRef.document(c.documentId())), c.ref(), c.documentId());
      case Embedding e -> {
        require(state.contains(EntityRef.chunk(e.chunkId())), e.ref(), e.chunkId());
        checkDimension(state, e);
      }
      case Edge e -> {
        for (EntityId end : List.of(e.source(), e.target())) {
          require(state.containsAny(end), e.ref(), end);
        }
      }
    }
  }

  /** An id is 128 bits of a 256-bit hash: the rest is compared whenever a known id comes again. */
  private static void checkContent(SubstrateView state, Document document, Digest leaf) {
    Optional<Digest> known = state.leafV2(document.ref());
    if (known.isEmpty() || known.get().equals(leaf)) {
      return;
    }
    Optional<Digest> content = state.contentHash(document.id());
    if (content.isPresent() && !content.get().equals(document.contentHash())) {
      throw collision(document, content.get());
    }
  }

  private static void checkDimension(SubstrateView state, Embedding embedding) {
    OptionalInt known = state.dimensionOf(embedding.modelHash());
    int given = embedding.vector().dimension();
    if (known.isPresent() && known.getAsInt() != given) {
      throw new GermlineException(
          Fault.INVALID_ENTITY,
          "%s has %d components; vectors of its model have %d"
              .formatted(embedding.ref(), given, known.getAsInt()));
    }
  }

  private static void require(boolean exists, EntityRef from, EntityId to) {
    if (!exists) {
      throw new GermlineException(
          Fault.REFERENCE_NOT_FOUND, from + " refers to " + to + ", which does not exist");
    }
  }

  private static GermlineException collision(Document document, Digest known) {
    return new GermlineException(
        Fault.ID_COLLISION,
        "document id %s stands for content %s and cannot stand for %s"
            .formatted(document.id(), known, document.contentHash()));
  }
}
