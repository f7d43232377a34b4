package dev.germline.core.merkle;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EdgeKey;
import dev.germline.core.substrate.EntityId;
import dev.germline.core.substrate.EntityKind;
import dev.germline.core.substrate.EntityRef;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All trees over one state of the substrate: the four v1 trees and the sparse tree. An immutable
 * snapshot; readers make proofs from theirs while a writer makes the next one.
 */
public final class Forest {
  private static final Forest EMPTY =
      new Forest(
          MerkleTree.empty(EntityKind.DOCUMENT),
          MerkleTree.empty(EntityKind.CHUNK),
          MerkleTree.empty(EntityKind.EMBEDDING),
          MerkleTree.empty(EntityKind.EDGE),
          SparseTree.empty());

  private final MerkleTree<EntityId> documents;
  private final MerkleTree<EntityId> chunks;
  private final MerkleTree<EntityId> embeddings;
  private final MerkleTree<EdgeKey> edges;
  private final SparseTree sparse;
  private final Roots roots;

  Forest(
      MerkleTree<EntityId> documents,
      MerkleTree<EntityId> chunks,
      MerkleTree<EntityId> embeddings,
      MerkleTree<EdgeKey> edges,
      SparseTree sparse) {
    this.documents = documents;
    this.chunks = chunks;
    this.embeddings = embeddings;
    this.edges = edges;
    this.sparse = sparse;
    this.roots =
        new Roots(documents.root(), chunks.root(), embeddings.root(), edges.root(), sparse.root());
  }

  /** The forest of an empty substrate. */
  public static Forest empty() {
    return EMPTY;
  }

  /** Starts a forest from stored rows. */
  public static ForestBuilder builder() {
    return new ForestBuilder();
  }

  public Roots roots() {
    return roots;
  }

  public boolean contains(EntityRef ref) {
    return leafV2(ref).isPresent();
  }

  /** The root_v2 leaf of an entity. */
  public Optional<Digest> leafV2(EntityRef ref) {
    return sparse.leaf(ref);
  }

  /** A proof that the entity is in its v1 tree, or empty if it is not. */
  public Optional<InclusionProof> prove(EntityRef ref) {
    return switch (ref.key()) {
      case EdgeKey edge -> edges.prove(edge);
      case EntityId id -> idTree(ref.kind()).prove(id);
    };
  }

  /** A proof of what root_v2 holds for the entity, which may be nothing. */
  public SparseProof proveV2(EntityRef ref) {
    return sparse.prove(ref);
  }

  /** The forest after these changes. ID_COLLISION if two edges share their 128-bit tree id. */
  public Forest apply(Changes changes) {
    if (changes.isEmpty()) {
      return this;
    }
    Pending pending = new Pending();
    Set<SparseKey> removed = new HashSet<>();
    for (EntityRef ref : changes.removals()) {
      pending.remove(ref);
      removed.add(SparseKey.of(ref));
    }
    Map<SparseKey, Digest> put = new LinkedHashMap<>();
    for (EntityLeaf upsert : changes.upserts()) {
      EntityRef ref = upsert.ref();
      SparseKey key = SparseKey.of(ref);
      boolean taken =
          ref.key() instanceof EdgeKey edge
              && !edges.contains(edge)
              && !removed.contains(key)
              && sparse.leaf(ref).isPresent();
      if (taken || put.put(key, upsert.row().leafV2()) != null) {
        throw new GermlineException(Fault.ID_COLLISION, ref + " shares its tree id with another");
      }
      pending.put(upsert.row());
    }
    return new Forest(
        pending.documents.applyTo(documents),
        pending.chunks.applyTo(chunks),
        pending.embeddings.applyTo(embeddings),
        pending.edges.applyTo(edges),
        sparse.apply(removed, put));
  }

  private MerkleTree<EntityId> idTree(EntityKind kind) {
    return switch (kind) {
      case DOCUMENT -> documents;
      case CHUNK -> chunks;
      case EMBEDDING -> embeddings;
      case EDGE -> throw new IllegalArgumentException("edges are not known by an id");
    };
  }

  /** Changes sorted out by tree. */
  private static final class Pending {
    final TreeChanges<EntityId> documents = new TreeChanges<>();
    final TreeChanges<EntityId> chunks = new TreeChanges<>();
    final TreeChanges<EntityId> embeddings = new TreeChanges<>();
    final TreeChanges<EdgeKey> edges = new TreeChanges<>();

    void put(TreeRow row) {
      switch (row.ref().key()) {
        case EdgeKey edge -> edges.upserts.put(edge, row.leafV1());
        case EntityId id -> ids(row.ref().kind()).upserts.put(id, row.leafV1());
      }
    }

    void remove(EntityRef ref) {
      switch (ref.key()) {
        case EdgeKey edge -> edges.removals.add(edge);
        case EntityId id -> ids(ref.kind()).removals.add(id);
      }
    }

    private TreeChanges<EntityId> ids(EntityKind kind) {
      return switch (kind) {
        case DOCUMENT -> documents;
        case CHUNK -> chunks;
        case EMBEDDING -> embeddings;
        case EDGE -> throw new IllegalArgumentException("edges are not known by an id");
      };
    }
  }

  private static final class TreeChanges<K extends Comparable<? super K>> {
    final SortedMap<K, Digest> upserts = new TreeMap<>();
    final SortedSet<K> removals = new TreeSet<>();

    MerkleTree<K> applyTo(MerkleTree<K> tree) {
      return tree.apply(upserts, removals);
    }
  }
}
