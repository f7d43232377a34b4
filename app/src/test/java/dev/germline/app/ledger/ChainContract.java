package dev.germline.app.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.ledger.Batch;
import dev.germline.core.ledger.CognitiveDiff;
import dev.germline.core.ledger.SignedStateRoot;
import dev.germline.core.merkle.Forest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The chain of commits, and the trees that it leads to. */
interface ChainContract extends OnFreshDatabase {
  @Test
  default void everyCommitExtendsTheChainAndIsSigned() {
    Ledger ledger = fresh().ledger();

    Commit first = ledger.commit(fact("one"));
    Commit second = ledger.commit(fact("two"));

    assertThat(first.sequence()).isEqualTo(1);
    assertThat(second.sequence()).isEqualTo(2);
    List<SignedStateRoot> chain = fresh().chain();
    assertThat(chain).hasSize(2);
    assertThat(chain.get(1).root().prevRecord()).isEqualTo(first.recordHash());
    assertThat(chain).allMatch(fresh().device().verifier()::verify);
  }

  @Test
  default void aRestartFindsTheSameTrees() {
    Ledger before = fresh().ledger();
    for (int i = 0; i < 20; i++) {
      before.commit(fact("fact " + i));
    }
    Head end = before.head();

    Head reloaded = fresh().ledger().head();

    assertThat(reloaded.forest().roots()).isEqualTo(end.forest().roots());
    assertThat(reloaded.recordHash()).isEqualTo(end.recordHash());
  }

  @Test
  default void replayingTheDiffsFromNothingLeadsToTheHead() {
    Ledger ledger = fresh().ledger();
    for (int i = 0; i < 10; i++) {
      ledger.commit(fact("fact " + i));
    }
    ledger.commit(
        new Submission(
            new Batch(List.of(), List.of(document("fact 3").ref())), Map.of(), Rows.NONE));

    Forest forest = Forest.empty();
    for (CognitiveDiff diff : fresh().diffs()) {
      forest = diff.applyTo(forest);
    }

    assertThat(forest.roots()).isEqualTo(ledger.head().forest().roots());
  }

  @Test
  default void aTamperedEntityStopsTheStart() {
    fresh().ledger().commit(fact("one"));
    fresh()
        .database()
        .transact(connection ->
            connection
                .createStatement()
                .executeUpdate("UPDATE entities SET leaf_v1 = REVERSE(leaf_v1)"));

    assertThatThrownBy(() -> fresh().ledger())
        .isInstanceOfSatisfying(
            GermlineException.class,
            wrong -> {
              assertThat(wrong.fault()).isEqualTo(Fault.CHAIN_BROKEN);
              assertThat(wrong).hasMessageContaining("record 1").hasMessageContaining("fsck");
            });
  }
}
