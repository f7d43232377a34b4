package dev.germline.core.merkle;

import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityId;
import org.jspecify.annotations.Nullable;

/**
 * A node of the sparse tree. Nodes are shared between snapshots and never change, except that a
 * branch computes its hash once, before the tree it belongs to is handed out.
 */
sealed interface SparseNode {
  Digest hash();

  /** One entity: 64 bytes a leaf, the hash of the node being cheap to compute again. */
  final class Leaf implements SparseNode {
    final byte kindTag;
    final long hi;
    final long lo;
    private final Digest leaf;

    Leaf(SparseKey key, Digest leaf) {
      this.kindTag = (byte) key.kindTag();
      this.hi = key.id().hi();
      this.lo = key.id().lo();
      this.leaf = leaf;
    }

    SparseKey key() {
      return new SparseKey(kindTag, new EntityId(hi, lo));
    }

    boolean is(SparseKey key) {
      return hi == key.id().hi() && lo == key.id().lo() && kindTag == key.kindTag();
    }

    /** BLAKE3 of the entity, as in {@link TreeHash#leafV2}. */
    Digest leaf() {
      return leaf;
    }

    @Override
    public Digest hash() {
      return TreeHash.leafNodeV2(kindTag, new EntityId(hi, lo), leaf);
    }
  }

  /** Where keys part: all below share the bits before {@code depth}. */
  final class Branch implements SparseNode {
    final int depth;
    final SparseNode left;
    final SparseNode right;
    private @Nullable Digest hash;

    Branch(int depth, SparseNode left, SparseNode right) {
      this.depth = depth;
      this.left = left;
      this.right = right;
    }

    SparseNode child(SparseKey key) {
      return key.bit(depth) ? right : left;
    }

    Branch with(SparseKey key, SparseNode child) {
      return key.bit(depth) ? new Branch(depth, left, child) : new Branch(depth, child, right);
    }

    @Override
    public Digest hash() {
      Digest known = hash;
      if (known == null) {
        known = TreeHash.branchV2(depth, left.hash(), right.hash());
        hash = known;
      }
      return known;
    }
  }
}
