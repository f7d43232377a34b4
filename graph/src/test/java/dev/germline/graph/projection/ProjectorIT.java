package dev.germline.graph.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.core.substrate.Digest;
import dev.germline.graph.Facts;
import dev.germline.graph.MemoryLedger;
import dev.germline.graph.Neo4j;
import dev.germline.graph.RandomHistory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neo4j.driver.Record;

@Timeout(180)
class ProjectorIT extends GraphFixture {
  private static final ProjectorSettings SMALL_STEPS =
      new ProjectorSettings(
          3,
          10,
          Duration.ofMillis(20),
          Duration.ofMillis(1),
          Duration.ofMillis(20),
          Duration.ofMinutes(1),
          Duration.ofSeconds(30));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyHistoryInStepsOfAnySizeGivesTheGraphOfItsEntities(long seed) {
    RandomHistory history = new RandomHistory(ledger, seed);
    Projector small = projector(ledger, SMALL_STEPS);
    history.commit(100);
    project(small);
    assertClean();
    small.close();

    history.commit(200);
    project(projector());
    assertClean();
  }

  @Test
  void racingProjectorsApplyEveryDiffOnce() {
    RandomHistory history = new RandomHistory(ledger, 4);
    history.commit(100);
    List<Projector> racers =
        List.of(
            projector(ledger, SMALL_STEPS),
            projector(ledger, SMALL_STEPS),
            projector(ledger, SMALL_STEPS));
    for (int i = 0; i < 20; i++) {
      history.commit(10);
      racers.forEach(p -> p.wake(ledger.head()));
    }
    racers.forEach(this::project);
    assertClean();
  }

  @Test
  void aTransactionKilledAtAnyPointLosesAndRepeatsNothing() {
    RandomHistory history = new RandomHistory(ledger, 5);
    history.commit(300);
    Projector projector = projector(ledger, SMALL_STEPS);
    projector.wake(ledger.head());
    assertThat(projector.awaitVisible(1, LONG)).isTrue();
    int killed = 0;
    while (killed < 20 && projector.status().appliedSequence() < ledger.head()) {
      for (Record row :
          Neo4j.run(
              driver,
              "SHOW TRANSACTIONS YIELD transactionId, currentQuery"
                  + " WHERE NOT currentQuery STARTS WITH 'SHOW' RETURN transactionId")) {
        Neo4j.run(
            driver,
            "TERMINATE TRANSACTIONS $id",
            Map.of("id", row.get("transactionId").asString()));
        killed++;
      }
    }
    assertThat(killed).isPositive();
    until(() -> projector.status().appliedSequence() == ledger.head());
    assertClean();
  }

  @Test
  void aConstraintWhoseCreationWasKilledIsMadeAgain() {
    Neo4j.run(driver, "CREATE RANGE INDEX layer_name FOR (n:Layer) ON (n.name)");
    Facts.publish(ledger, Facts.layer("acme/one@1.0.0"));
    project(projector());
    assertThat(count("SHOW CONSTRAINTS YIELD name WHERE name = 'layer_name' RETURN count(*)"))
        .isOne();
  }

  @Test
  void aLedgerThatFailsNowAndThenIsReadAgain() {
    new RandomHistory(ledger, 6).commit(20);
    Random random = new Random(6);
    Projector projector =
        projector(
            new LedgerFeed() {
              @Override
              public List<CommittedDiff> readAfter(long sequence, int maxDiffs) {
                failNowAndThen();
                return ledger.readAfter(sequence, maxDiffs);
              }

              @Override
              public Map<Digest, byte[]> contents(Set<Digest> digests) {
                failNowAndThen();
                return ledger.contents(digests);
              }

              private void failNowAndThen() {
                if (random.nextInt(4) == 0) {
                  throw new IllegalStateException("the ledger is away");
                }
              }
            },
            SMALL_STEPS);
    projector.wake(ledger.head());
    until(() -> projector.status().appliedSequence() == ledger.head());
    assertThat(projector.status().lastError()).contains("the ledger is away");
    assertClean();
  }

  @Test
  void rebuildingGivesTheSameContents() {
    new RandomHistory(ledger, 7).commit(300);
    Projector projector = projector();
    project(projector);
    Set<Map<String, Object>> before = contents();
    Neo4j.run(driver, "MATCH (l:Layer) WITH l LIMIT 3 DETACH DELETE l");
    Neo4j.run(driver, "CREATE (:Mine {of: 'somebody'})-[:NEAR]->(:Entity {id: 'x'})");
    assertThat(audit().clean()).isFalse();

    projector.rebuild();
    project(projector);

    assertThat(contents()).isEqualTo(before);
    assertClean();
  }

  @Test
  void aRebuildOutlivesTheProcessThatAskedForIt() {
    new RandomHistory(ledger, 8).commit(50);
    try (Projector first = projector()) {
      project(first);
    }
    GraphRebuild.request(driver);
    assertThat(count("MATCH (n:Entity) RETURN count(n)")).isPositive();
    Neo4j.run(driver, "MATCH (n:Entity) REMOVE n.id");

    project(projector());
    assertClean();
  }

  @Test
  void aGraphOfAnotherLedgerStopsTheProjectorAndNamesTheRemedy() {
    Facts.publish(ledger, Facts.layer("acme/one@1.0.0"));
    try (Projector projector = projector()) {
      project(projector);
    }
    MemoryLedger other = new MemoryLedger("two");
    Facts.publish(other, Facts.layer("acme/two@1.0.0"));
    Facts.publish(other, Facts.layer("acme/three@1.0.0"));
    Projector projector = projector(other, SMALL_STEPS);
    projector.wake(2);

    until(() -> projector.status().state() == ProjectorStatus.State.DIVERGED);
    assertThat(projector.status().lastError().orElseThrow()).contains("germline graph rebuild");
    assertThat(projector.awaitVisible(2, LONG)).isFalse();
    assertThat(count("MATCH (l:Layer) RETURN count(l)")).isOne();

    projector.rebuild();
    assertThat(projector.awaitVisible(2, LONG)).isTrue();
    assertThat(projector.status().state()).isEqualTo(ProjectorStatus.State.RUNNING);
    assertThat(count("MATCH (l:Layer) RETURN count(l)")).isEqualTo(2);
  }

  @Test
  void aRebuildAskedForDuringTheCheckThatWillFailIsNotRefused() throws Exception {
    Facts.publish(ledger, Facts.layer("acme/one@1.0.0"));
    try (Projector projector = projector()) {
      project(projector);
    }
    MemoryLedger other = new MemoryLedger("two");
    Facts.publish(other, Facts.layer("acme/two@1.0.0"));
    CountDownLatch checking = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    Projector projector =
        projector(
            new LedgerFeed() {
              @Override
              public List<CommittedDiff> readAfter(long sequence, int maxDiffs) {
                checking.countDown();
                awaitUnlessClosed(asked);
                return other.readAfter(sequence, maxDiffs);
              }

              @Override
              public Map<Digest, byte[]> contents(Set<Digest> digests) {
                return other.contents(digests);
              }
            },
            ProjectorSettings.DEFAULT);
    assertThat(checking.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();

    projector.rebuild();
    asked.countDown();
    assertThat(projector.awaitVisible(1, LONG)).isTrue();
    assertThat(projector.status().lastError()).isEmpty();
  }

  @Test
  void aGraphAheadOfItsLedgerStopsTheProjector() {
    Facts.publish(ledger, Facts.layer("acme/one@1.0.0"));
    try (Projector projector = projector()) {
      project(projector);
    }
    Projector projector = projector(new MemoryLedger("one"), SMALL_STEPS);

    until(() -> projector.status().state() == ProjectorStatus.State.DIVERGED);
    assertThat(projector.status().lastError().orElseThrow()).contains("has not reached");
  }

  @Test
  void waitingIsBoundedAndEndsWhenTheProjectorCloses() {
    Projector projector = projector();
    assertThat(projector.awaitVisible(0, Duration.ZERO)).isTrue();
    assertThat(projector.awaitVisible(1, Duration.ofMillis(10))).isFalse();
    AtomicBoolean visible = new AtomicBoolean(true);
    Thread waiting = Thread.startVirtualThread(() -> visible.set(projector.awaitVisible(1, LONG)));
    until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
    projector.close();

    until(() -> !waiting.isAlive());
    assertThat(visible).isFalse();
    assertThat(projector.status().state()).isEqualTo(ProjectorStatus.State.CLOSED);
  }

  /** Everything in the graph without Neo4j's own ids. */
  private Set<Map<String, Object>> contents() {
    return Neo4j.run(
            driver,
            "MATCH (n) RETURN labels(n) AS l, n{.*} AS p,"
                + " COLLECT { MATCH (n)-[r]->(m) WITH r, m ORDER BY m.id, type(r), r.kind, r.claim"
                + " RETURN [type(r), m.id, properties(r)] } AS r")
        .stream()
        .map(Record::asMap)
        .collect(Collectors.toSet());
  }

  private static void awaitUnlessClosed(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
