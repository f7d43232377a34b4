package dev.germline.core.merkle;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityId;
import dev.germline.core.substrate.EntityRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sparse tree holds at one place. A root and a key determine one path and one leaf at its
 * end, so no root has both a proof that an entity is there and one that it is not.
 *
 * @param steps the branches from the root down, in strictly ascending order of depth
 * @param other of an absence proof the leaf that stands at the end of the path instead; null in an
 *     inclusion proof, and in the absence proof of an empty tree
 */
public record SparseProof(List<Step> steps, @Nullable Other other) {
  /**
   * One branch on the path.
   *
   * @param depth the bit of the key by which the path turns left (0) or right (1), 0 to 135
   * @param sibling hash of the node the path does not take
   */
  public record Step(int depth, Digest sibling) {}

  /**
   * A leaf other than the one asked for.
   *
   * @param kindTag the tag of its kind
   * @param id its id, of an edge BLAKE3-16 of the key
   * @param leaf its leaf hash
   */
  public record Other(int kindTag, EntityId id, Digest leaf) {}

  public SparseProof {
    steps = List.copyOf(steps);
    int above = -1;
    for (Step step : steps) {
      if (step.depth() <= above || step.depth() >= SparseKey.BITS) {
        throw new GermlineException(
            Fault.PROOF_INVALID,
            "the depths of a path ascend from 0 to 135, not to " + step.depth());
      }
      above = step.depth();
    }
    if (other != null && (other.kindTag() < 1 || other.kindTag() > 4)) {
      throw new GermlineException(Fault.PROOF_INVALID, "there is no kind " + other.kindTag());
    }
  }

  /** Whether the tree with this root holds this leaf hash for the entity. */
  public boolean verifyInclusion(EntityRef ref, Digest leafHash, Digest root) {
    SparseKey key = SparseKey.of(ref);
    return other == null
        && climb(key, TreeHash.leafNodeV2(key.kindTag(), key.id(), leafHash)).equals(root);
  }

  /** Whether the tree with this root holds nothing for the entity. */
  public boolean verifyAbsence(EntityRef ref, Digest root) {
    SparseKey key = SparseKey.of(ref);
    Other there = other;
    if (there == null) {
      return steps.isEmpty() && root.equals(TreeHash.EMPTY_V2);
    }
    boolean same = there.kindTag() == key.kindTag() && there.id().equals(key.id());
    Digest leaf = TreeHash.leafNodeV2(there.kindTag(), there.id(), there.leaf());
    return !same && climb(key, leaf).equals(root);
  }

  private Digest climb(SparseKey key, Digest leaf) {
    Digest node = leaf;
    for (Step step : steps.reversed()) {
      node =
          key.bit(step.depth())
              ? TreeHash.branchV2(step.depth(), step.sibling(), node)
              : TreeHash.branchV2(step.depth(), node, step.sibling());
    }
    return node;
  }
}
