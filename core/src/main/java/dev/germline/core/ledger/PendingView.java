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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A substrate with changes that are accepted but not committed yet. The ledger resolves the batches
 * of a group one after another against one of these, accepts what resolves, and commits {@link
 * #changes()}: the net effect, so that what one batch adds and the next removes is gone. For one
 * thread.
 */
public final class PendingView implements SubstrateView {
  private final SubstrateView base;
  private final Map<EntityRef, EntityLeaf> upserts = new TreeMap<>();
  private final Set<EntityRef> removals = new TreeSet<>();
  private final Map<EntityId, Set<EntityId>> dependents = new HashMap<>();
  private final Map<EntityId, Set<EdgeKey>> edges = new HashMap<>();
  private final Map<Digest, Integer> dimensions = new HashMap<>();

  /** No changes yet upon a state that must not change meanwhile. */
  public PendingView(SubstrateView base) {
    this.base = base;
  }

  /** Adds changes that were resolved against this view. */
  public void accept(Changes changes) {
    changes.removals().forEach(this::remove);
    changes.upserts().forEach(this::put);
  }

  /** Everything accepted, in short. */
  public Changes changes() {
    return new Changes(List.copyOf(upserts.values()), List.copyOf(removals));
  }

  void remove(EntityRef ref) {
    upserts.remove(ref);
    if (base.contains(ref)) {
      removals.add(ref);
    }
  }

  void put(EntityLeaf leaf) {
    EntityRef ref = leaf.ref();
    removals.remove(ref);
    if (base.leafV2(ref).equals(Optional.of(leaf.row().leafV2()))) {
      upserts.remove(ref); // back to what is committed: nothing to write
      return;
    }
    upserts.put(ref, leaf);
    switch (leaf.entity()) {
      case Document _ -> {}
      case Chunk c -> add(dependents, c.documentId(), c.id());
      case Embedding e -> {
        add(dependents, e.chunkId(), e.id());
        dimensions.put(e.modelHash(), e.vector().dimension());
      }
      case Edge e -> {
        add(edges, e.source(), e.key());
        add(edges, e.target(), e.key());
      }
    }
  }

  private static <V> void add(Map<EntityId, Set<V>> index, EntityId key, V value) {
    index.computeIfAbsent(key, k -> new HashSet<>()).add(value);
  }

  @Override
  public Optional<Digest> leafV2(EntityRef ref) {
    EntityLeaf pending = upserts.get(ref);
    if (pending != null) {
      return Optional.of(pending.row().leafV2());
    }
    return removals.contains(ref) ? Optional.empty() : base.leafV2(ref);
  }

  @Override
  public Optional<Digest> contentHash(EntityId document) {
    EntityRef ref = EntityRef.document(document);
    EntityLeaf pending = upserts.get(ref);
    if (pending != null && pending.entity() instanceof Document d) {
      return Optional.of(d.contentHash());
    }
    return removals.contains(ref) ? Optional.empty() : base.contentHash(document);
  }

  @Override
  public Collection<EntityId> chunksOf(EntityId document) {
    Set<EntityId> all = new TreeSet<>(base.chunksOf(document));
    all.addAll(dependents.getOrDefault(document, Set.of()));
    all.removeIf(id -> !contains(EntityRef.chunk(id)));
    return all;
  }

  @Override
  public Collection<EntityId> embeddingsOf(EntityId chunk) {
    Set<EntityId> all = new TreeSet<>(base.embeddingsOf(chunk));
    all.addAll(dependents.getOrDefault(chunk, Set.of()));
    all.removeIf(id -> !contains(EntityRef.embedding(id)));
    return all;
  }

  @Override
  public Collection<EdgeKey> edgesOf(EntityId entity) {
    Set<EdgeKey> all = new TreeSet<>(base.edgesOf(entity));
    all.addAll(edges.getOrDefault(entity, Set.of()));
    all.removeIf(key -> !contains(EntityRef.edge(key)));
    return all;
  }

  @Override
  public OptionalInt dimensionOf(Digest modelHash) {
    Integer pending = dimensions.get(modelHash);
    return pending != null ? OptionalInt.of(pending) : base.dimensionOf(modelHash);
  }
}
