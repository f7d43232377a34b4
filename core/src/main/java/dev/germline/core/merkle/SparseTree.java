package dev.germline.core.merkle;

import dev.germline.core.merkle.SparseNode.Branch;
import dev.germline.core.merkle.SparseNode.Leaf;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RecursiveTask;
import org.jspecify.annotations.Nullable;

/**
 * root_v2: a radix Merkle tree over all entities, keyed by kind and id. A change touches the path
 * to its leaf only, and it can prove that something is not there. An immutable snapshot whose nodes
 * are shared with the snapshots before it; safe to share between threads.
 */
public final class SparseTree {
  private static final SparseTree EMPTY = new SparseTree(null);

  private final @Nullable SparseNode top;
  private final Digest root;

  private SparseTree(@Nullable SparseNode top) {
    this.top = top;
    // Also fixes the hash of every new branch before another thread can see it.
    this.root = top == null ? TreeHash.EMPTY_V2 : top.hash();
  }

  /** The tree without entities. */
  public static SparseTree empty() {
    return EMPTY;
  }

  public Digest root() {
    return root;
  }

  /** The leaf hash of an entity. */
  public Optional<Digest> leaf(EntityRef ref) {
    SparseKey key = SparseKey.of(ref);
    SparseNode node = top;
    while (node instanceof Branch branch) {
      node = branch.child(key);
    }
    return node instanceof Leaf leaf && leaf.is(key) ? Optional.of(leaf.leaf()) : Optional.empty();
  }

  /**
   * The tree after some changes.
   *
   * @param removals taken out first; absent ones change nothing
   * @param upserts leaf hashes, put in or replaced
   */
  SparseTree apply(Collection<SparseKey> removals, Map<SparseKey, Digest> upserts) {
    SparseNode node = top;
    for (SparseKey key : removals) {
      node = node == null ? null : remove(node, key);
    }
    for (Map.Entry<SparseKey, Digest> upsert : upserts.entrySet()) {
      Leaf leaf = new Leaf(upsert.getKey(), upsert.getValue());
      node = node == null ? leaf : insert(node, upsert.getKey(), leaf);
    }
    return node == null ? EMPTY : node == top ? this : new SparseTree(node);
  }

  private static SparseNode insert(SparseNode top, SparseKey key, Leaf leaf) {
    SparseNode nearest = top;
    while (nearest instanceof Branch branch) {
      nearest = branch.child(key);
    }
    return insert(top, key, leaf, key.firstDifference(((Leaf) nearest).key()));
  }

  private static SparseNode insert(SparseNode node, SparseKey key, Leaf leaf, int depth) {
    if (node instanceof Branch branch && branch.depth < depth) {
      return branch.with(key, insert(branch.child(key), key, leaf, depth));
    }
    if (depth == SparseKey.BITS) {
      return leaf;
    }
    return key.bit(depth) ? new Branch(depth, node, leaf) : new Branch(depth, leaf, node);
  }

  private static @Nullable SparseNode remove(SparseNode node, SparseKey key) {
    if (node instanceof Branch branch) {
      SparseNode child = branch.child(key);
      SparseNode left = remove(child, key);
      if (left == child) {
        return node;
      }
      if (left == null) {
        return key.bit(branch.depth) ? branch.left : branch.right;
      }
      return branch.with(key, left);
    }
    return ((Leaf) node).is(key) ? null : node;
  }

  /** A proof of what this tree holds at a place: the entity's leaf, or that there is none. */
  public SparseProof prove(EntityRef ref) {
    SparseKey key = SparseKey.of(ref);
    List<SparseProof.Step> steps = new ArrayList<>();
    SparseNode node = top;
    while (node instanceof Branch branch) {
      SparseNode other = key.bit(branch.depth) ? branch.left : branch.right;
      steps.add(new SparseProof.Step(branch.depth, other.hash()));
      node = branch.child(key);
    }
    SparseProof.Other other = null;
    if (node instanceof Leaf leaf && !leaf.is(key)) {
      other = new SparseProof.Other(leaf.kindTag, leaf.key().id(), leaf.leaf());
    }
    return new SparseProof(steps, other);
  }

  /**
   * A tree from leaves in ascending order of their keys, built at once and hashed on all cores.
   *
   * @throws IllegalArgumentException if a key is repeated
   */
  static SparseTree ofSorted(List<Leaf> leaves) {
    if (leaves.isEmpty()) {
      return EMPTY;
    }
    return new SparseTree(new Build(leaves, 0).invoke());
  }

  /** Builds the subtree over some leaves. */
  private static final class Build extends RecursiveTask<SparseNode> {
    private static final int FORK_ABOVE = 8192;

    private final List<Leaf> leaves;
    private final int above;

    Build(List<Leaf> leaves, int above) {
      this.leaves = leaves;
      this.above = above;
    }

    @Override
    protected SparseNode compute() {
      if (leaves.size() == 1) {
        return leaves.getFirst();
      }
      SparseKey first = leaves.getFirst().key();
      int depth = first.firstDifference(leaves.getLast().key());
      if (depth < above || depth == SparseKey.BITS) {
        throw new IllegalArgumentException("leaves out of order or repeated at " + first);
      }
      int split = firstRight(depth);
      Build left = new Build(leaves.subList(0, split), depth + 1);
      Build right = new Build(leaves.subList(split, leaves.size()), depth + 1);
      Branch branch;
      if (leaves.size() > FORK_ABOVE) {
        left.fork();
        SparseNode built = right.compute();
        branch = new Branch(depth, left.join(), built);
      } else {
        branch = new Branch(depth, left.compute(), right.compute());
      }
      Digest _ = branch.hash(); // here, and so in parallel
      return branch;
    }

    private int firstRight(int depth) {
      int low = 0;
      int high = leaves.size() - 1; // the last leaf is right of the split
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (leaves.get(middle).key().bit(depth)) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      return low;
    }
  }
}
