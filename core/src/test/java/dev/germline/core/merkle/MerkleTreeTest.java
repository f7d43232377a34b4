package dev.germline.core.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.core.Sample;
import dev.germline.core.Vectors;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityId;
import dev.germline.core.substrate.EntityKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MerkleTreeTest {
  private static MerkleTree<EntityId> tree(int leaves) {
    TreeMap<EntityId, Digest> upserts = new TreeMap<>();
    for (int i = 0; i < leaves; i++) {
      upserts.put(new EntityId(i, 0), Blake3.hash(new byte[] {(byte) i}));
    }
    return MerkleTree.<EntityId>empty(EntityKind.DOCUMENT).apply(upserts, new TreeSet<>());
  }

  @Test
  void rootsAreThoseOfTheAddendum() {
    var roots = Vectors.own("addendum.json").get("tree_roots").properties();
    assertThat(roots).hasSize(5);
    roots.forEach(entry -> {
      int leaves = Integer.parseInt(entry.getKey());
      assertThat(tree(leaves).root())
          .isEqualTo(new TreeRoot(Digest.parse(entry.getValue().asText()), leaves));
    });
  }

  @Test
  void randomChangesGiveTheRootOfTheNaiveComputation() {
    Random random = new Random(42);
    MerkleTree<EntityId> tree = MerkleTree.empty(EntityKind.CHUNK);
    TreeMap<EntityId, Digest> model = new TreeMap<>();
    for (int round = 0; round < 1000; round++) {
      TreeMap<EntityId, Digest> upserts = new TreeMap<>();
      TreeSet<EntityId> removals = new TreeSet<>();
      int changes = 1 + random.nextInt(round % 10 == 0 ? 40 : 3);
      for (int i = 0; i < changes; i++) {
        EntityId id = new EntityId(random.nextInt(500) - 250, 0);
        if (random.nextInt(5) < 3) {
          upserts.put(id, Sample.digest(random.nextInt()));
          removals.remove(id);
        } else if (!upserts.containsKey(id)) {
          removals.add(id);
        }
      }
      tree = tree.apply(upserts, removals);
      removals.forEach(model::remove);
      model.putAll(upserts);
      List<Digest> leaves = new ArrayList<>(model.values());
      assertThat(tree.root()).isEqualTo(new TreeRoot(NaiveTree.root(leaves), leaves.size()));
    }
  }

  @Test
  void largeTreesAreHashedInParallelToTheSameRoot() {
    TreeMap<EntityId, Digest> model = new TreeMap<>();
    for (int i = 0; i < 30_001; i++) {
      model.put(new EntityId(2L * i, 0), Sample.digest(i));
    }
    MerkleTree<EntityId> tree =
        MerkleTree.<EntityId>empty(EntityKind.DOCUMENT).apply(model, new TreeSet<>());
    assertThat(tree.root().hash()).isEqualTo(NaiveTree.root(List.copyOf(model.values())));
    TreeMap<EntityId, Digest> more = new TreeMap<>();
    for (int i = 0; i < 7; i++) {
      more.put(new EntityId(8_001L * i + 1, 0), Sample.digest(-i));
    }
    model.putAll(more);
    assertThat(tree.apply(more, new TreeSet<>()).root().hash())
        .isEqualTo(NaiveTree.root(List.copyOf(model.values())));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 31, 33, 100})
  void everyLeafIsProvenAndOnlyAtItsPlace(int count) {
    MerkleTree<EntityId> tree = tree(count);
    for (int i = 0; i < count; i++) {
      InclusionProof proof = tree.prove(new EntityId(i, 0)).orElseThrow();
      Digest leaf = Blake3.hash(new byte[] {(byte) i});
      assertThat(proof.verify(leaf, tree.root())).isTrue();
      assertThat(proof.index()).isEqualTo(i);
      assertThat(proof.verify(Blake3.hash(new byte[] {(byte) (i + 1)}), tree.root())).isFalse();
      for (int j = 0; j < count; j++) {
        InclusionProof moved = new InclusionProof(proof.tree(), j, count, proof.path());
        assertThat(moved.verify(leaf, tree.root())).isEqualTo(i == j);
      }
    }
    assertThat(tree.prove(new EntityId(count, 0))).isEmpty();
  }

  @Test
  void aTreeWithItsLastLeavesRepeatedSharesTheRootButNoProof() {
    MerkleTree<EntityId> three = tree(3);
    TreeMap<EntityId, Digest> repeated = new TreeMap<>();
    for (int i = 0; i < 4; i++) {
      repeated.put(new EntityId(i, 0), Blake3.hash(new byte[] {(byte) Math.min(i, 2)}));
    }
    MerkleTree<EntityId> four =
        MerkleTree.<EntityId>empty(EntityKind.DOCUMENT).apply(repeated, new TreeSet<>());
    assertThat(four.root().hash()).isEqualTo(three.root().hash());
    Digest leaf = Blake3.hash(new byte[] {2});
    InclusionProof proof = four.prove(new EntityId(2, 0)).orElseThrow();
    assertThat(proof.verify(leaf, three.root())).isFalse();
    assertThat(proof.verify(leaf, four.root())).isFalse();
  }

  @Test
  void everyFlippedBitOfAProofIsRejected() {
    for (int count : new int[] {2, 5, 8, 13}) {
      MerkleTree<EntityId> tree = tree(count);
      for (int i = 0; i < count; i++) {
        InclusionProof proof = tree.prove(new EntityId(i, 0)).orElseThrow();
        Digest leaf = Blake3.hash(new byte[] {(byte) i});
        for (int node = 0; node < proof.path().size(); node++) {
          for (int bit = 0; bit < 256; bit++) {
            byte[] flipped = proof.path().get(node).bytes();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            List<Digest> path = new ArrayList<>(proof.path());
            path.set(node, Digest.of(flipped));
            InclusionProof forged = new InclusionProof(proof.tree(), i, count, path);
            assertThat(forged.verify(leaf, tree.root())).isFalse();
          }
        }
      }
    }
  }

  @Test
  void shapesThatNoTreeHasAreRefused() {
    List<Digest> one = List.of(Sample.digest(1));
    assertRefused(2, 2, one);
    assertRefused(-1, 2, one);
    assertRefused(0, 0, List.of());
    assertRefused(0, 3, one);
    assertRefused(0, 1, one);
    assertRefused(0, Long.MAX_VALUE, one);
  }

  private static void assertRefused(long index, long count, List<Digest> path) {
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> new InclusionProof(EntityKind.DOCUMENT, index, count, path))
        .isInstanceOfSatisfying(
            dev.germline.core.GermlineException.class,
            e -> assertThat(e.fault()).isEqualTo(dev.germline.core.Fault.PROOF_INVALID));
  }
}
