package dev.germline.core.merkle;

import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EdgeKey;
import dev.germline.core.substrate.EntityId;
import dev.germline.core.substrate.EntityKind;
import dev.germline.core.substrate.EntityRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Builds a {@link Forest} from stored rows, at start-up: each node is hashed once. For one thread.
 */
public final class ForestBuilder {
  private final Rows<EntityId> documents = new Rows<>(EntityKind.DOCUMENT);
  private final Rows<EntityId> chunks = new Rows<>(EntityKind.CHUNK);
  private final Rows<EntityId> embeddings = new Rows<>(EntityKind.EMBEDDING);
  private final Rows<EdgeKey> edges = new Rows<>(EntityKind.EDGE);
  private final List<SparseNode.Leaf> leaves = new ArrayList<>();

  ForestBuilder() {}

  /** Adds a row; rows of one kind must come in ascending order of their key's unsigned bytes. */
  public ForestBuilder add(TreeRow row) {
    EntityRef ref = row.ref();
    switch (ref.key()) {
      case EdgeKey edge -> edges.add(edge, row.leafV1());
      case EntityId id -> {
        switch (ref.kind()) {
          case DOCUMENT -> documents.add(id, row.leafV1());
          case CHUNK -> chunks.add(id, row.leafV1());
          case EMBEDDING -> embeddings.add(id, row.leafV1());
          case EDGE -> throw new IllegalArgumentException("edges are not known by an id");
        }
      }
    }
    leaves.add(new SparseNode.Leaf(SparseKey.of(ref), row.leafV2()));
    return this;
  }

  /**
   * The forest of all rows added.
   *
   * @throws IllegalArgumentException if rows of a kind were out of order or repeated
   */
  public Forest build() {
    leaves.sort(Comparator.comparing(SparseNode.Leaf::key));
    return new Forest(
        documents.build(),
        chunks.build(),
        embeddings.build(),
        edges.build(),
        SparseTree.ofSorted(leaves));
  }

  private static final class Rows<K extends Comparable<? super K>> {
    private final EntityKind kind;
    private final List<K> keys = new ArrayList<>();
    private byte[] hashes = new byte[64 * Digest.BYTES];

    Rows(EntityKind kind) {
      this.kind = kind;
    }

    void add(K key, Digest leaf) {
      int at = keys.size() * Digest.BYTES;
      if (at == hashes.length) {
        hashes = Arrays.copyOf(hashes, (int) Math.min(2L * at, Integer.MAX_VALUE & -Digest.BYTES));
      }
      leaf.copyTo(hashes, at);
      keys.add(key);
    }

    MerkleTree<K> build() {
      return MerkleTree.ofSorted(kind, keys, Arrays.copyOf(hashes, keys.size() * Digest.BYTES));
    }
  }
}
