package dev.germline.core.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.core.Sample;
import dev.germline.core.Vectors;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.Entity;
import dev.germline.core.substrate.EntityKind;
import dev.germline.core.substrate.EntityRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ForestTest {
  private static List<Entity> entities(int documents) {
    List<Entity> all = new ArrayList<>();
    for (int i = 0; i < documents; i++) {
      Document d = Sample.document(i);
      all.add(d);
      var chunk = Sample.chunk(d.id(), i % 3);
      all.add(chunk);
      all.add(Sample.embedding(chunk.id(), i));
      all.add(Sample.edge(d.id(), chunk.id(), "A" + i % 4));
      all.add(Sample.edge(chunk.id(), d.id(), "B"));
    }
    return all;
  }

  private static Changes upserts(List<Entity> entities) {
    return new Changes(entities.stream().map(EntityLeaf::of).toList(), List.of());
  }

  @Test
  void theEmptySubstrateHasTheRootOfTheAddendum() {
    assertThat(Forest.empty().roots().stateRoot())
        .hasToString(Vectors.own("addendum.json").get("empty_state_root").asText());
  }

  @Test
  void randomInsertsAndDeletesGiveTheNaiveRoots() {
    Random random = new Random(3);
    List<Entity> pool = entities(60);
    TreeMap<EntityRef, EntityLeaf> model = new TreeMap<>();
    Forest forest = Forest.empty();
    for (int round = 0; round < 300; round++) {
      TreeMap<EntityRef, EntityLeaf> put = new TreeMap<>();
      TreeSet<EntityRef> remove = new TreeSet<>();
      for (int i = random.nextInt(8); i >= 0; i--) {
        EntityLeaf leaf = EntityLeaf.of(pool.get(random.nextInt(pool.size())));
        if (random.nextBoolean()) {
          put.put(leaf.ref(), leaf);
        } else if (model.containsKey(leaf.ref())) {
          remove.add(leaf.ref());
        }
      }
      remove.removeAll(put.keySet());
      forest = forest.apply(new Changes(List.copyOf(put.values()), List.copyOf(remove)));
      model.keySet().removeAll(remove);
      model.putAll(put);
      assertThat(forest.roots()).isEqualTo(naive(model));
    }
  }

  private static Roots naive(SortedMap<EntityRef, EntityLeaf> model) {
    List<TreeRoot> roots = new ArrayList<>();
    for (EntityKind kind : EntityKind.values()) {
      List<Digest> leaves =
          model.values().stream()
              .filter(leaf -> leaf.ref().kind() == kind)
              .map(leaf -> leaf.row().leafV1())
              .toList();
      roots.add(new TreeRoot(NaiveTree.root(leaves), leaves.size()));
    }
    TreeMap<EntityRef, Digest> v2 = new TreeMap<>();
    model.forEach((ref, leaf) -> v2.put(ref, leaf.row().leafV2()));
    return new Roots(
        roots.get(0), roots.get(1), roots.get(2), roots.get(3), NaiveTree.sparseRoot(v2));
  }

  @Test
  void rowsRebuildTheSameForest() {
    Forest forest = Forest.empty().apply(upserts(entities(3000)));
    ForestBuilder builder = Forest.builder();
    entities(3000).stream()
        .map(EntityLeaf::of)
        .map(EntityLeaf::row)
        .sorted((a, b) -> a.ref().compareTo(b.ref()))
        .forEach(builder::add);
    Forest rebuilt = builder.build();
    assertThat(rebuilt.roots()).isEqualTo(forest.roots());
    assertThat(Forest.builder().build().roots()).isEqualTo(Forest.empty().roots());
    Changes more = upserts(List.of(Sample.document(-1)));
    assertThat(rebuilt.apply(more).roots()).isEqualTo(forest.apply(more).roots());
  }

  @Test
  void rowsOutOfOrderAreRefused() {
    ForestBuilder builder = Forest.builder();
    TreeRow row = Sample.leaf(1).row();
    builder.add(row).add(row);
    assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void presenceAndAbsenceAreProven() {
    List<Entity> all = entities(50);
    Forest forest = Forest.empty().apply(upserts(all));
    Roots roots = forest.roots();
    for (Entity entity : all) {
      EntityRef ref = entity.ref();
      EntityLeaf leaf = EntityLeaf.of(entity);
      assertThat(forest.contains(ref)).isTrue();
      InclusionProof v1 = forest.prove(ref).orElseThrow();
      assertThat(v1.verify(leaf.row().leafV1(), roots.of(ref.kind()))).isTrue();
      SparseProof v2 = forest.proveV2(ref);
      assertThat(v2.verifyInclusion(ref, leaf.row().leafV2(), roots.v2())).isTrue();
      assertThat(v2.verifyInclusion(ref, Sample.digest(0), roots.v2())).isFalse();
      assertThat(v2.verifyAbsence(ref, roots.v2())).isFalse();
    }
    for (int i = 50; i < 90; i++) {
      EntityRef ref = Sample.document(i).ref();
      SparseProof absent = forest.proveV2(ref);
      assertThat(forest.prove(ref)).isEmpty();
      assertThat(absent.verifyAbsence(ref, roots.v2())).isTrue();
      assertThat(absent.verifyInclusion(ref, Sample.leaf(i).row().leafV2(), roots.v2())).isFalse();
      assertThat(absent.verifyAbsence(all.getFirst().ref(), roots.v2())).isFalse();
    }
    EntityRef any = Sample.document(1).ref();
    Digest empty = Forest.empty().roots().v2();
    assertThat(Forest.empty().proveV2(any).verifyAbsence(any, empty)).isTrue();
    assertThat(Forest.empty().proveV2(any).verifyAbsence(any, roots.v2())).isFalse();
  }

  @Test
  void everyFlippedBitOfASparseProofIsRejected() {
    Forest forest = Forest.empty().apply(upserts(entities(20)));
    Digest root = forest.roots().v2();
    EntityRef there = Sample.document(7).ref();
    Digest leaf = Sample.leaf(7).row().leafV2();
    SparseProof proof = forest.proveV2(there);
    EntityRef missing = Sample.document(1000).ref();
    SparseProof absence = forest.proveV2(missing);
    for (int step = 0; step < proof.steps().size(); step++) {
      for (int bit = 0; bit < 256; bit++) {
        assertThat(flip(proof, step, bit).verifyInclusion(there, leaf, root)).isFalse();
      }
    }
    for (int step = 0; step < absence.steps().size(); step++) {
      for (int bit = 0; bit < 256; bit++) {
        assertThat(flip(absence, step, bit).verifyAbsence(missing, root)).isFalse();
      }
    }
  }

  private static SparseProof flip(SparseProof proof, int step, int bit) {
    List<SparseProof.Step> steps = new ArrayList<>(proof.steps());
    byte[] sibling = steps.get(step).sibling().bytes();
    sibling[bit / 8] ^= (byte) (1 << bit % 8);
    steps.set(step, new SparseProof.Step(steps.get(step).depth(), Digest.of(sibling)));
    return new SparseProof(steps, proof.other());
  }

  @Test
  void aSnapshotIsNotTouchedByLaterChanges() {
    Forest before = Forest.empty().apply(upserts(entities(10)));
    Roots roots = before.roots();
    SparseProof proof = before.proveV2(Sample.document(3).ref());
    Forest after = before.apply(new Changes(List.of(), List.of(Sample.document(3).ref())));
    assertThat(after.contains(Sample.document(3).ref())).isFalse();
    assertThat(before.roots()).isEqualTo(roots);
    assertThat(before.proveV2(Sample.document(3).ref())).isEqualTo(proof);
  }
}
