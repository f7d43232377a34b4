package dev.germline.core.merkle;

import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityRef;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;

/** The trees as the specification writes them down, slow and plain. */
final class NaiveTree {
  private NaiveTree() {}

  /** {@code merkle_tree} of CP-001 section 5. */
  static Digest root(List<Digest> leaves) {
    if (leaves.isEmpty()) {
      return Blake3.hash("empty".getBytes(StandardCharsets.UTF_8));
    }
    List<Digest> level = leaves;
    while (level.size() > 1) {
      List<Digest> next = new ArrayList<>();
      for (int i = 0; i < level.size(); i += 2) {
        Digest right = i + 1 < level.size() ? level.get(i + 1) : level.get(i);
        next.add(Blake3.hasher().update(level.get(i).bytes()).update(right.bytes()).digest());
      }
      level = next;
    }
    return level.getFirst();
  }

  /** root_v2, by splitting the bits of the keys. */
  static Digest sparseRoot(SortedMap<EntityRef, Digest> leaves) {
    return leaves.isEmpty()
        ? TreeHash.EMPTY_V2
        : split(leaves.keySet().stream().toList(), leaves, 0);
  }

  private static Digest split(
      List<EntityRef> refs, SortedMap<EntityRef, Digest> leaves, int depth) {
    if (refs.size() == 1) {
      EntityRef ref = refs.getFirst();
      return TreeHash.leafNodeV2(
          ref.kind().tag(), ref.treeId(), Objects.requireNonNull(leaves.get(ref)));
    }
    List<EntityRef> left = refs.stream().filter(r -> !SparseKey.of(r).bit(depth)).toList();
    List<EntityRef> right = refs.stream().filter(r -> SparseKey.of(r).bit(depth)).toList();
    if (left.isEmpty() || right.isEmpty()) {
      return split(refs, leaves, depth + 1);
    }
    return TreeHash.branchV2(
        depth, split(left, leaves, depth + 1), split(right, leaves, depth + 1));
  }
}
