package dev.germline.app.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.core.ledger.SignedStateRoot;
import dev.germline.core.substrate.EntityKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many who write at once. */
interface ManyWritersContract extends OnFreshDatabase {
  @Test
  default void concurrentWritersShareCommitsAndAllOfThemAreDurable() throws Exception {
    Ledger ledger = fresh().ledger();

    List<Commit> commits =
        concurrently(64, 10, (writer, round) -> ledger.commit(row(writer, round)));

    assertThat(commits).hasSize(640);
    assertThat(ledger.head().sequence()).isLessThan(640);
    assertThat(fresh().rowCount()).isEqualTo(640);
    assertThat(fresh().ledger().head().forest().roots().of(EntityKind.DOCUMENT).count())
        .isEqualTo(640);
  }

  @Test
  default void twoProcessesCommitAtOnceWithoutAFork() throws Exception {
    Ledger one = fresh().ledger();
    Ledger other = fresh().ledger();

    concurrently(
        16, 20, (writer, round) -> (writer % 2 == 0 ? one : other).commit(row(writer, round)));

    assertThat(one.refresh().recordHash()).isEqualTo(other.refresh().recordHash());
    assertThat(one.head().forest().roots()).isEqualTo(other.head().forest().roots());
    List<SignedStateRoot> chain = fresh().chain();
    for (int i = 1; i < chain.size(); i++) {
      assertThat(chain.get(i).root().prevRecord()).isEqualTo(chain.get(i - 1).root().recordHash());
    }
    assertThat(fresh().rowCount()).isEqualTo(320);
  }
}
