package dev.germline.core.ledger;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.merkle.Changes;
import dev.germline.core.merkle.EntityLeaf;
import dev.germline.core.merkle.Forest;
import dev.germline.core.substrate.Chunk;
import dev.germline.core.substrate.DeviceId;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.Edge;
import dev.germline.core.substrate.EdgeKey;
import dev.germline.core.substrate.Embedding;
import dev.germline.core.substrate.Entity;
import dev.germline.core.substrate.EntityId;
import dev.germline.core.substrate.EntityKind;
import dev.germline.core.substrate.EntityRef;
import dev.germline.core.substrate.UnknownFields;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One atomic change of the substrate (CP-001 section 6). Every list is in ascending order of keys,
 * each key once; an entity is not both put and removed.
 *
 * @param prevRoot the CP-001 state root it starts from
 * @param newRoot the CP-001 state root it ends at
 * @param timestampMillis milliseconds since 1970-01-01 UTC
 * @param deviceId who made it
 * @param sequence of the state root record it belongs to
 * @param unknown fields of later versions
 */
public record CognitiveDiff(
    List<Document> documents,
    List<Chunk> chunks,
    List<Embedding> embeddings,
    List<Edge> edges,
    List<EntityId> removedDocuments,
    List<EntityId> removedChunks,
    List<EntityId> removedEmbeddings,
    List<EdgeKey> removedEdges,
    Digest prevRoot,
    Digest newRoot,
    long timestampMillis,
    DeviceId deviceId,
    long sequence,
    UnknownFields unknown) {

  /**
   * @throws GermlineException MALFORMED_DIFF if keys are out of order or repeated
   */
  public CognitiveDiff {
    documents = ascending(documents, Document::id);
    chunks = ascending(chunks, Chunk::id);
    embeddings = ascending(embeddings, Embedding::id);
    edges = ascending(edges, Edge::key);
    removedDocuments = ascending(removedDocuments, Function.identity());
    removedChunks = ascending(removedChunks, Function.identity());
    removedEmbeddings = ascending(removedEmbeddings, Function.identity());
    removedEdges = ascending(removedEdges, Function.identity());
    disjoint(documents, Document::id, removedDocuments);
    disjoint(chunks, Chunk::id, removedChunks);
    disjoint(embeddings, Embedding::id, removedEmbeddings);
    disjoint(edges, Edge::key, removedEdges);
    if (sequence < 0) {
      throw new GermlineException(Fault.MALFORMED_DIFF, "a sequence is not negative");
    }
  }

  /** The diff that makes these changes. */
  public static CognitiveDiff of(Changes changes, Digest prevRoot, StateRoot after) {
    return new CognitiveDiff(
        upserts(changes, Document.class),
        upserts(changes, Chunk.class),
        upserts(changes, Embedding.class),
        upserts(changes, Edge.class),
        removedIds(changes, EntityKind.DOCUMENT),
        removedIds(changes, EntityKind.CHUNK),
        removedIds(changes, EntityKind.EMBEDDING),
        changes.removals().stream()
            .filter(r -> r.key() instanceof EdgeKey)
            .map(r -> (EdgeKey) r.key())
            .toList(),
        prevRoot,
        after.hash(),
        after.timestampMillis(),
        after.device(),
        after.sequence(),
        UnknownFields.NONE);
  }

  private static <E extends Entity> List<E> upserts(Changes changes, Class<E> type) {
    return changes.upserts().stream()
        .map(EntityLeaf::entity)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  private static List<EntityId> removedIds(Changes changes, EntityKind kind) {
    return changes.removals().stream()
        .filter(r -> r.kind() == kind)
        .map(r -> (EntityId) r.key())
        .toList();
  }

  /** The changes it makes, in the order of {@link Changes}. */
  public Changes changes() {
    Stream<Entity> entities =
        Stream.of(documents, chunks, embeddings, edges)
            .flatMap(List::stream)
            .map(Entity.class::cast);
    List<EntityRef> removals = new ArrayList<>();
    removedDocuments.forEach(id -> removals.add(EntityRef.document(id)));
    removedChunks.forEach(id -> removals.add(EntityRef.chunk(id)));
    removedEmbeddings.forEach(id -> removals.add(EntityRef.embedding(id)));
    removedEdges.forEach(key -> removals.add(EntityRef.edge(key)));
    return new Changes(entities.map(EntityLeaf::of).toList(), removals);
  }

  /**
   * The forest after this diff: removals, then upserts, and the result is what the diff states.
   *
   * @throws GermlineException STALE_ROOT if it does not start from {@code before}, ROOT_MISMATCH if
   *     it does not end at its new root
   */
  public Forest applyTo(Forest before) {
    Digest start = before.roots().stateRoot();
    if (!start.equals(prevRoot)) {
      throw new GermlineException(
          Fault.STALE_ROOT, "the diff starts from %s, the state is %s".formatted(prevRoot, start));
    }
    Forest after = before.apply(changes());
    Digest end = after.roots().stateRoot();
    if (!end.equals(newRoot)) {
      throw new GermlineException(
          Fault.ROOT_MISMATCH, "the diff states %s but leads to %s".formatted(newRoot, end));
    }
    return after;
  }

  private static <T, K extends Comparable<? super K>> List<T> ascending(
      List<T> items, Function<T, K> key) {
    for (int i = 1; i < items.size(); i++) {
      K one = key.apply(items.get(i - 1));
      K next = key.apply(items.get(i));
      if (one.compareTo(next) >= 0) {
        throw new GermlineException(
            Fault.MALFORMED_DIFF, "keys are out of order or repeated at " + next);
      }
    }
    return List.copyOf(items);
  }

  /** Both lists ascend, so one pass over them finds a key in both. */
  private static <T, K extends Comparable<? super K>> void disjoint(
      List<T> put, Function<T, K> key, List<K> removed) {
    int at = 0;
    for (T item : put) {
      K k = key.apply(item);
      while (at < removed.size() && removed.get(at).compareTo(k) < 0) {
        at++;
      }
      if (at < removed.size() && removed.get(at).equals(k)) {
        throw new GermlineException(Fault.MALFORMED_DIFF, k + " is both put and removed");
      }
    }
  }
}
