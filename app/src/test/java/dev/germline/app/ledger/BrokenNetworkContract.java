package dev.germline.app.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.app.sql.Database;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.ledger.SignedStateRoot;
import dev.germline.testing.Relay;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** A network that loses answers, hangs and forgets. */
interface BrokenNetworkContract extends OnFreshDatabase {
  @Test
  default void aCommitWhoseAnswerIsLostIsNotMadeTwiceThoughAnotherProcessWroteSince() {
    Ledger other = fresh().ledger();
    List<Commit> meanwhile = new ArrayList<>();
    try (Relay relay = fresh().relay();
        Database through = fresh().through(relay, Duration.ofSeconds(60))) {
      Ledger ledger = fresh().ledger(through);
      relay.loseAnswerTo(
          BrokenNetworkContract::isCommit, () -> meanwhile.add(other.commit(row(2, 1))));

      Commit commit = ledger.commit(row(1, 1));

      assertThat(meanwhile).as("commits while the answer was lost").hasSize(1);
      List<SignedStateRoot> chain = fresh().chain();
      assertThat(chain).hasSize(2);
      assertThat(commit.sequence()).isEqualTo(1);
      assertThat(commit.recordHash()).isEqualTo(chain.get(0).root().recordHash());
      assertThat(meanwhile.getFirst().sequence()).isEqualTo(2);
      assertThat(chain.get(1).root().prevRecord()).isEqualTo(commit.recordHash());
      assertThat(fresh().rowCount()).isEqualTo(2);
      assertThat(ledger.head().recordHash()).isEqualTo(other.refresh().recordHash());
      assertThat(ledger.commit(row(1, 2)).sequence()).isEqualTo(3);
      ledger.close();
    }
  }

  @Test
  default void aCommitWhoseRefusalsAreLostWithTheAnswerStillTellsThem() throws Exception {
    Ledger other = fresh().ledger();
    try (Relay relay = fresh().relay();
        Database through = fresh().through(relay, Duration.ofSeconds(60))) {
      Ledger ledger = fresh().ledger(through);
      List<Object> outcomes =
          concurrently(
              8,
              1,
              (writer, round) -> {
                if (writer == 0) {
                  relay.loseAnswerTo(
                      BrokenNetworkContract::isCommit, () -> other.commit(row(9, 9)));
                }
                try {
                  return ledger.commit(
                      writer % 2 == 0 ? row(writer, round) : refused(writer, round));
                } catch (GermlineException wrong) {
                  return wrong.fault();
                }
              });

      assertThat(outcomes).filteredOn(Fault.LAYER_EXISTS::equals).hasSize(4);
      assertThat(outcomes).filteredOn(Commit.class::isInstance).hasSize(4);
      assertThat(fresh().rowCount()).isEqualTo(5);
      ledger.close();
    }
  }

  @Test
  default void aServerThatHangsIsGivenUpAndServesAgainOnceItSpeaks() {
    try (Relay relay = fresh().relay();
        Database through = fresh().through(relay, Duration.ofSeconds(1))) {
      Ledger ledger = fresh().ledger(through);
      ledger.commit(row(1, 1));
      relay.fallSilent();
      long start = System.nanoTime();

      assertThatThrownBy(() -> ledger.commit(row(1, 2)))
          .satisfies(BrokenNetworkContract::isUnavailable);
      assertThatThrownBy(() -> through.read(FreshDatabase::rowCount))
          .satisfies(BrokenNetworkContract::isUnavailable);

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
      relay.speakAgain();
      assertThat(ledger.commit(row(1, 3)).sequence()).isGreaterThan(1);
      assertThat(ledger.refresh().recordHash()).isEqualTo(fresh().ledger().refresh().recordHash());
      ledger.close();
    }
  }

  @Test
  default void connectionsThatANetworkForgotAreReplaced() {
    try (Relay relay = fresh().relay();
        Database through = fresh().through(relay, Duration.ofSeconds(1))) {
      Ledger ledger = fresh().ledger(through);
      ledger.commit(row(1, 1));
      relay.forgetConnections();

      assertThat(ledger.commit(row(1, 2)).sequence()).isEqualTo(2);
      assertThat(fresh().rowCount()).isEqualTo(2);
      ledger.close();
    }
  }

  @Test
  default void longReadsAndMigrationsAreNotCut() {
    try (Database hasty = fresh().open(Duration.ofMillis(500))) {
      assertThatThrownBy(() -> hasty.read(BrokenNetworkContract::sleep))
          .satisfies(BrokenNetworkContract::isUnavailable);
      assertThat(hasty.<Integer>snapshot(BrokenNetworkContract::sleep)).isZero();
      assertThatThrownBy(() -> hasty.read(BrokenNetworkContract::sleep))
          .as("a snapshot's patience ends with it")
          .satisfies(BrokenNetworkContract::isUnavailable);
    }
  }

  private static int sleep(Connection connection) throws SQLException {
    try (var row = connection.createStatement().executeQuery("SELECT SLEEP(1.5)")) {
      row.next();
      return row.getInt(1);
    }
  }

  /** COM_QUERY "commit", with or without MySQL's query attributes before it. */
  private static boolean isCommit(byte[] request) {
    return new String(request, StandardCharsets.ISO_8859_1)
        .toLowerCase(Locale.ROOT)
        .endsWith("commit");
  }

  private static void isUnavailable(Throwable thrown) {
    assertThat(thrown)
        .isInstanceOfSatisfying(
            GermlineException.class,
            wrong -> assertThat(wrong.fault()).isEqualTo(Fault.STORE_UNAVAILABLE));
  }
}
