package dev.germline.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.Sample;
import dev.germline.core.merkle.Changes;
import dev.germline.core.merkle.EntityLeaf;
import dev.germline.core.substrate.Chunk;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.Edge;
import dev.germline.core.substrate.Embedding;
import dev.germline.core.substrate.Entity;
import dev.germline.core.substrate.EntityId;
import dev.germline.core.substrate.EntityRef;
import dev.germline.core.substrate.QuantizedVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class IntegrityTest {
  private final MemorySubstrate store = new MemorySubstrate();
  private final Document doc = Sample.document(1);
  private final Chunk chunk = Sample.chunk(doc.id(), 0);
  private final Embedding embedding = Sample.embedding(chunk.id(), 0);
  private final Edge edge = Sample.edge(doc.id(), embedding.id(), "HAS");

  private static Batch remove(EntityRef... refs) {
    return new Batch(List.of(), List.of(refs));
  }

  private static List<EntityRef> put(Changes changes) {
    return changes.upserts().stream().map(EntityLeaf::ref).toList();
  }

  private static void assertFault(Fault fault, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            GermlineException.class, e -> assertThat(e.fault()).isEqualTo(fault));
  }

  @Test
  void aBatchMayReferToItselfInAnyOrder() {
    Changes changes = Integrity.resolve(store, Batch.of(edge, embedding, chunk, doc));
    assertThat(put(changes)).containsExactly(doc.ref(), chunk.ref(), embedding.ref(), edge.ref());
    assertThat(changes.removals()).isEmpty();
  }

  @Test
  void danglingReferencesAreRefused() {
    assertFault(Fault.REFERENCE_NOT_FOUND, () -> Integrity.resolve(store, Batch.of(chunk)));
    assertFault(
        Fault.REFERENCE_NOT_FOUND, () -> Integrity.resolve(store, Batch.of(doc, embedding)));
    assertFault(Fault.REFERENCE_NOT_FOUND, () -> Integrity.resolve(store, Batch.of(doc, edge)));
    store.apply(Integrity.resolve(store, Batch.of(doc, chunk)));
    assertFault(
        Fault.REFERENCE_NOT_FOUND,
        () -> Integrity.resolve(store, new Batch(List.of(embedding), List.of(chunk.ref()))));
  }

  @Test
  void removingADocumentRemovesAllThatDependsOnIt() {
    Document other = Sample.document(2);
    Edge between = Sample.edge(other.id(), chunk.id(), "CITES");
    store.apply(Integrity.resolve(store, Batch.of(doc, chunk, embedding, edge, other, between)));
    Changes changes = Integrity.resolve(store, remove(doc.ref()));
    assertThat(changes.removals())
        .containsExactly(
            List.of(doc.ref(), chunk.ref(), embedding.ref(), edge.ref(), between.ref()).stream()
                .sorted()
                .toArray(EntityRef[]::new));
    store.apply(changes);
    assertThat(store.all).containsOnlyKeys(other.ref());
  }

  @Test
  void whatChangesNothingIsDropped() {
    store.apply(Integrity.resolve(store, Batch.of(doc, chunk)));
    assertThat(Integrity.resolve(store, Batch.of(doc, chunk, doc)).isEmpty()).isTrue();
    assertThat(Integrity.resolve(store, remove(Sample.document(9).ref())).isEmpty()).isTrue();
    Batch replaced = new Batch(List.of(doc, chunk), List.of(doc.ref()));
    assertThat(Integrity.resolve(store, replaced).isEmpty()).isTrue();
  }

  @Test
  void replacingADocumentDropsDependentsThatAreNotGivenAgain() {
    store.apply(Integrity.resolve(store, Batch.of(doc, chunk, embedding, edge)));
    Changes changes = Integrity.resolve(store, new Batch(List.of(doc), List.of(doc.ref())));
    assertThat(changes.upserts()).isEmpty();
    assertThat(changes.removals()).containsExactly(chunk.ref(), embedding.ref(), edge.ref());
  }

  @Test
  void anIdThatStandsForAnotherContentIsRefused() {
    store.apply(Integrity.resolve(store, Batch.of(doc)));
    Document moved =
        Document.of("elsewhere.json", doc.contentHash(), List.of(), 5, doc.sizeBytes(), "x/y");
    assertThat(put(Integrity.resolve(store, Batch.of(moved)))).containsExactly(doc.ref());
    SubstrateView colliding = new CollidingView(store);
    assertFault(Fault.ID_COLLISION, () -> Integrity.resolve(colliding, Batch.of(moved)));
  }

  /** A store in which every known id belongs to another content; no two real ones are known. */
  private record CollidingView(MemorySubstrate store) implements SubstrateView {
    @Override
    public Optional<Digest> leafV2(EntityRef ref) {
      return store.leafV2(ref);
    }

    @Override
    public Optional<Digest> contentHash(EntityId document) {
      return Optional.of(Sample.digest(77));
    }

    @Override
    public List<EntityId> chunksOf(EntityId document) {
      return List.of();
    }

    @Override
    public List<EntityId> embeddingsOf(EntityId chunk) {
      return List.of();
    }

    @Override
    public List<dev.germline.core.substrate.EdgeKey> edgesOf(EntityId entity) {
      return List.of();
    }

    @Override
    public java.util.OptionalInt dimensionOf(Digest modelHash) {
      return java.util.OptionalInt.empty();
    }
  }

  @Test
  void oneEntityGivenTwiceDifferentlyIsRefused() {
    Chunk other = Chunk.of(doc.id(), 0, "another text\n", 0, 1);
    assertFault(Fault.INVALID_REQUEST, () -> Integrity.resolve(store, Batch.of(doc, chunk, other)));
  }

  @Test
  void vectorsOfOneModelHaveOneDimension() {
    store.apply(Integrity.resolve(store, Batch.of(doc, chunk, embedding)));
    Embedding longer =
        Embedding.of(chunk.id(), QuantizedVector.of((short) 1), embedding.modelHash(), 9);
    assertFault(Fault.INVALID_ENTITY, () -> Integrity.resolve(store, Batch.of(longer)));
  }

  @Test
  void batchesOfAGroupSeeEachOtherAndFailAlone() {
    PendingView group = new PendingView(store);
    group.accept(Integrity.resolve(group, Batch.of(doc)));
    assertFault(Fault.REFERENCE_NOT_FOUND, () -> Integrity.resolve(group, Batch.of(embedding)));
    group.accept(Integrity.resolve(group, Batch.of(chunk, edge(doc, chunk))));
    assertThat(put(group.changes()))
        .containsExactly(doc.ref(), chunk.ref(), edge(doc, chunk).ref());
    group.accept(Integrity.resolve(group, remove(doc.ref())));
    assertThat(group.changes().isEmpty()).isTrue();
  }

  private static Edge edge(Document from, Chunk to) {
    return Sample.edge(from.id(), to.id(), "E");
  }

  @Test
  void aGroupHasTheEffectOfItsBatchesOneByOne() {
    Random random = new Random(11);
    for (int round = 0; round < 150; round++) {
      MemorySubstrate oneByOne = new MemorySubstrate();
      MemorySubstrate grouped = new MemorySubstrate();
      for (int commit = 0; commit < 4; commit++) {
        PendingView group = new PendingView(grouped);
        for (int i = 0; i < 6; i++) {
          Batch batch = randomBatch(random);
          Fault single = attempt(() -> oneByOne.apply(Integrity.resolve(oneByOne, batch)));
          Fault inGroup = attempt(() -> group.accept(Integrity.resolve(group, batch)));
          assertThat(inGroup).isEqualTo(single);
        }
        Changes changes = group.changes();
        assertThat(changes.removals()).allMatch(grouped::contains);
        grouped.apply(changes);
        assertThat(grouped.all.keySet()).isEqualTo(oneByOne.all.keySet());
        assertThat(grouped.all.values().stream().map(EntityLeaf::row))
            .containsExactlyElementsOf(
                oneByOne.all.values().stream().map(EntityLeaf::row).toList());
      }
    }
  }

  private static Fault attempt(Runnable step) {
    try {
      step.run();
      return Fault.INTERNAL; // stands for success here
    } catch (GermlineException e) {
      return e.fault();
    }
  }

  private static Batch randomBatch(Random random) {
    List<Entity> upserts = new ArrayList<>();
    List<EntityRef> removals = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      Document d = Sample.document(random.nextInt(4));
      Chunk c = Sample.chunk(d.id(), random.nextInt(2));
      Embedding e = Sample.embedding(c.id(), random.nextInt(2));
      Edge link = Sample.edge(Sample.document(random.nextInt(4)).id(), c.id(), "L");
      List<Entity> choice = List.of(d, c, e, link, d, c);
      Entity chosen = choice.get(random.nextInt(choice.size()));
      if (random.nextInt(3) > 0) {
        upserts.add(chosen);
      } else {
        removals.add(chosen.ref());
      }
    }
    return new Batch(upserts, removals);
  }
}
