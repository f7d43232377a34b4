package dev.germline.app.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.ledger.Batch;
import dev.germline.core.merkle.Forest;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.Edge;
import dev.germline.core.substrate.EdgeKind;
import dev.germline.core.substrate.EntityKind;
import dev.germline.core.substrate.EntityRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is committed, and what is refused. */
interface SubmissionsContract extends OnFreshDatabase {
  @Test
  default void aRefusedSubmissionLeavesNothingAndTheOthersOfItsGroupGoOn() throws Exception {
    Ledger ledger = fresh().ledger();

    List<Object> outcomes =
        concurrently(
            16,
            10,
            (writer, round) -> {
              try {
                return ledger.commit(writer % 4 == 0 ? refused(writer, round) : row(writer, round));
              } catch (GermlineException wrong) {
                return wrong.fault();
              }
            });

    assertThat(outcomes).filteredOn(Fault.LAYER_EXISTS::equals).hasSize(40);
    assertThat(fresh().rowCount()).isEqualTo(120);
    assertThat(ledger.head().forest().roots().of(EntityKind.DOCUMENT).count()).isEqualTo(120);
    assertThat(fresh().ledger().head().forest().roots()).isEqualTo(ledger.head().forest().roots());
  }

  @Test
  default void aRowTheDatabaseRefusesEndsOnlyItsOwnSubmission() {
    Ledger ledger = fresh().ledger();
    ledger.commit(row(1, 1));

    Submission again = new Submission(Batch.of(document("another")), Map.of(), row(1, 1).rows());

    assertThatThrownBy(() -> ledger.commit(again)).isInstanceOf(GermlineException.class);
    assertThat(ledger.commit(row(1, 2)).sequence()).isEqualTo(2);
    assertThat(ledger.head().forest().contains(document("another").ref())).isFalse();
  }

  @Test
  default void aReferenceToNothingIsRefused() {
    Ledger ledger = fresh().ledger();
    Edge dangling =
        Edge.of(document("here").id(), document("nowhere").id(), EdgeKind.custom("CITES"));

    assertThatThrownBy(() ->
            ledger.commit(
                new Submission(Batch.of(document("here"), dangling), Map.of(), Rows.NONE)))
        .isInstanceOfSatisfying(
            GermlineException.class,
            wrong -> assertThat(wrong.fault()).isEqualTo(Fault.REFERENCE_NOT_FOUND));
    assertThat(ledger.head().sequence()).isZero();
  }

  @Test
  default void removingADocumentRemovesTheEdgesAtBothEnds() {
    Ledger ledger = fresh().ledger();
    Document a = document("a");
    Document b = document("b");
    Document c = document("c");
    Edge ab = Edge.of(a.id(), b.id(), EdgeKind.custom("CITES"));
    Edge ca = Edge.of(c.id(), a.id(), EdgeKind.custom("CITES"));
    Edge cb = Edge.of(c.id(), b.id(), EdgeKind.custom("CITES"));
    ledger.commit(new Submission(Batch.of(a, b, c, ab, ca, cb), Map.of(), Rows.NONE));

    ledger.commit(new Submission(new Batch(List.of(), List.of(a.ref())), Map.of(), Rows.NONE));

    Forest forest = fresh().ledger().head().forest();
    assertThat(forest.contains(a.ref())).isFalse();
    assertThat(forest.contains(EntityRef.edge(ab.key()))).isFalse();
    assertThat(forest.contains(EntityRef.edge(ca.key()))).isFalse();
    assertThat(forest.contains(EntityRef.edge(cb.key()))).isTrue();
  }

  @Test
  default void writesAreRefusedWhileTheGraphLiesTooFarBehind() {
    LedgerSettings strict =
        new LedgerSettings(64, 1_000, Duration.ofSeconds(30), Duration.ofSeconds(5), 2);
    Ledger ledger = fresh().ledger(strict);
    for (int i = 0; i < 3; i++) {
      ledger.commit(fact("fact " + i));
    }

    assertThatThrownBy(() -> ledger.commit(fact("one too many")))
        .isInstanceOfSatisfying(
            GermlineException.class,
            wrong -> assertThat(wrong.fault()).isEqualTo(Fault.PROJECTION_BEHIND));
  }
}
