package dev.germline.core.merkle;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityKind;
import java.util.List;

/**
 * That a leaf stands at one place of one v1 tree of one size. The proof holds no leaf hash: whoever
 * verifies computes it from the entity.
 *
 * @param tree which of the four trees
 * @param index place of the leaf, 0 to count-1
 * @param count leaves of the tree, at least 1
 * @param path sibling hashes from leaf to root, one for every level (at the odd edge the node
 *     itself)
 */
public record InclusionProof(EntityKind tree, long index, long count, List<Digest> path) {
  public InclusionProof {
    path = List.copyOf(path);
    if (count < 1 || index < 0 || index >= count || path.size() != height(count)) {
      throw new GermlineException(
          Fault.PROOF_INVALID,
          "a proof for leaf %d of %d cannot have %d hashes".formatted(index, count, path.size()));
    }
  }

  /** Levels above the leaves of a tree with this many. */
  static int height(long count) {
    return 64 - Long.numberOfLeadingZeros(count - 1);
  }

  /**
   * The root that this proof and this leaf hash lead to.
   *
   * @throws GermlineException PROOF_INVALID if the path shows a shape that no such tree has
   */
  public Digest rootFor(Digest leafHash) {
    Digest node = leafHash;
    long at = index;
    long width = count;
    for (Digest sibling : path) {
      boolean oddEdge = at == width - 1 && at % 2 == 0;
      if (oddEdge && !sibling.equals(node)) {
        throw invalid("the last of an odd number of nodes is paired with itself only");
      }
      // Adjacent edges may have equal leaves (v1 does not hash a custom kind's name), others not.
      if (!oddEdge && sibling.equals(node) && tree != EntityKind.EDGE) {
        throw invalid("two different nodes cannot be equal");
      }
      node = at % 2 == 0 ? TreeHash.nodeV1(node, sibling) : TreeHash.nodeV1(sibling, node);
      at /= 2;
      width = (width + 1) / 2;
    }
    return node;
  }

  /** Whether the leaf is at {@link #index} of the tree with this root and number of leaves. */
  public boolean verify(Digest leafHash, TreeRoot root) {
    try {
      return root.count() == count && rootFor(leafHash).equals(root.hash());
    } catch (GermlineException impossibleShape) {
      return false;
    }
  }

  private static GermlineException invalid(String what) {
    return new GermlineException(Fault.PROOF_INVALID, what);
  }
}
