package dev.germline.app.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.app.config.MySqlSettings;
import dev.germline.app.sql.Database;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.ledger.Batch;
import dev.germline.core.ledger.CognitiveDiff;
import dev.germline.core.ledger.DeviceKey;
import dev.germline.core.ledger.SignedStateRoot;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.merkle.Forest;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.Edge;
import dev.germline.core.substrate.EdgeKind;
import dev.germline.core.substrate.EntityKind;
import dev.germline.core.substrate.EntityRef;
import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.testing.Relay;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the ledger promises, on every SQL server it runs on. */
abstract class LedgerContract {
  private static final LedgerSettings SETTINGS =
      new LedgerSettings(64, 1_000, Duration.ofSeconds(30), Duration.ofSeconds(5), 1_000_000);

  private final DeviceKey device = DeviceKey.generate(new SecureRandom());
  private final List<Ledger> opened = new ArrayList<>();
  private final MysqlEndpoint endpoint = freshDatabase();
  private final Database database = open(endpoint.url(), Duration.ofSeconds(60));

  /** An empty database of its own for each test. */
  abstract MysqlEndpoint freshDatabase();

  private Database open(String url, Duration socketTimeout) {
    Duration connectTimeout = Duration.ofSeconds(5);
    return Database.open(
        new MySqlSettings(
            url, endpoint.user(), endpoint.password(), 8, connectTimeout, socketTimeout));
  }

  /** The same database by way of a relay. */
  private Database through(Relay relay, Duration socketTimeout) {
    return open(endpoint.url().replaceFirst(":\\d+/", ":" + relay.port() + "/"), socketTimeout);
  }

  private Relay relay() {
    Matcher port = Pattern.compile(":(\\d+)/").matcher(endpoint.url());
    assertThat(port.find()).as(endpoint.url()).isTrue();
    return Relay.to(Integer.parseInt(port.group(1)));
  }

  @BeforeEach
  void writerRows() {
    database.transact(connection ->
        connection
            .createStatement()
            .execute(
                "CREATE TABLE writers (name VARCHAR(40) PRIMARY KEY, sequence BIGINT NOT NULL)"
                    + " ENGINE = InnoDB"));
  }

  @AfterEach
  void close() {
    opened.forEach(Ledger::close);
    database.close();
  }

  @Test
  void everyCommitExtendsTheChainAndIsSigned() {
    Ledger ledger = ledger();

    Commit first = ledger.commit(fact("one"));
    Commit second = ledger.commit(fact("two"));

    assertThat(first.sequence()).isEqualTo(1);
    assertThat(second.sequence()).isEqualTo(2);
    List<SignedStateRoot> chain = chain();
    assertThat(chain).hasSize(2);
    assertThat(chain.get(1).root().prevRecord()).isEqualTo(first.recordHash());
    assertThat(chain).allMatch(device.verifier()::verify);
  }

  @Test
  void aRestartFindsTheSameTrees() {
    Ledger before = ledger();
    for (int i = 0; i < 20; i++) {
      before.commit(fact("fact " + i));
    }
    Head end = before.head();

    Head reloaded = ledger().head();

    assertThat(reloaded.forest().roots()).isEqualTo(end.forest().roots());
    assertThat(reloaded.recordHash()).isEqualTo(end.recordHash());
  }

  @Test
  void replayingTheDiffsFromNothingLeadsToTheHead() {
    Ledger ledger = ledger();
    for (int i = 0; i < 10; i++) {
      ledger.commit(fact("fact " + i));
    }
    ledger.commit(
        new Submission(
            new Batch(List.of(), List.of(document("fact 3").ref())), Map.of(), Rows.NONE));

    Forest forest = Forest.empty();
    for (CognitiveDiff diff : diffs()) {
      forest = diff.applyTo(forest);
    }

    assertThat(forest.roots()).isEqualTo(ledger.head().forest().roots());
  }

  @Test
  void concurrentWritersShareCommitsAndAllOfThemAreDurable() throws Exception {
    Ledger ledger = ledger();

    List<Commit> commits =
        concurrently(64, 10, (writer, round) -> ledger.commit(row(writer, round)));

    assertThat(commits).hasSize(640);
    assertThat(ledger.head().sequence()).isLessThan(640);
    assertThat(rowCount()).isEqualTo(640);
    assertThat(ledger().head().forest().roots().of(documentKind()).count()).isEqualTo(640);
  }

  @Test
  void twoProcessesCommitAtOnceWithoutAFork() throws Exception {
    Ledger one = ledger();
    Ledger other = ledger();

    concurrently(
        16, 20, (writer, round) -> (writer % 2 == 0 ? one : other).commit(row(writer, round)));

    assertThat(one.refresh().recordHash()).isEqualTo(other.refresh().recordHash());
    assertThat(one.head().forest().roots()).isEqualTo(other.head().forest().roots());
    List<SignedStateRoot> chain = chain();
    for (int i = 1; i < chain.size(); i++) {
      assertThat(chain.get(i).root().prevRecord()).isEqualTo(chain.get(i - 1).root().recordHash());
    }
    assertThat(rowCount()).isEqualTo(320);
  }

  @Test
  void aCommitWhoseAnswerIsLostIsNotMadeTwiceThoughAnotherProcessWroteSince() {
    Ledger other = ledger();
    List<Commit> meanwhile = new ArrayList<>();
    try (Relay relay = relay();
        Database through = through(relay, Duration.ofSeconds(60))) {
      Ledger ledger = ledger(through, SETTINGS);
      relay.loseAnswerTo(LedgerContract::isCommit, () -> meanwhile.add(other.commit(row(2, 1))));

      Commit commit = ledger.commit(row(1, 1));

      assertThat(meanwhile).as("commits while the answer was lost").hasSize(1);
      List<SignedStateRoot> chain = chain();
      assertThat(chain).hasSize(2);
      assertThat(commit.sequence()).isEqualTo(1);
      assertThat(commit.recordHash()).isEqualTo(chain.get(0).root().recordHash());
      assertThat(meanwhile.getFirst().sequence()).isEqualTo(2);
      assertThat(chain.get(1).root().prevRecord()).isEqualTo(commit.recordHash());
      assertThat(rowCount()).isEqualTo(2);
      assertThat(ledger.head().recordHash()).isEqualTo(other.refresh().recordHash());
      assertThat(ledger.commit(row(1, 2)).sequence()).isEqualTo(3);
      ledger.close();
    }
  }

  @Test
  void aCommitWhoseRefusalsAreLostWithTheAnswerStillTellsThem() throws Exception {
    Ledger other = ledger();
    try (Relay relay = relay();
        Database through = through(relay, Duration.ofSeconds(60))) {
      Ledger ledger = ledger(through, SETTINGS);
      List<Object> outcomes =
          concurrently(
              8,
              1,
              (writer, round) -> {
                if (writer == 0) {
                  relay.loseAnswerTo(LedgerContract::isCommit, () -> other.commit(row(9, 9)));
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
      assertThat(rowCount()).isEqualTo(5);
      ledger.close();
    }
  }

  @Test
  void aServerThatHangsIsGivenUpAndServesAgainOnceItSpeaks() {
    try (Relay relay = relay();
        Database through = through(relay, Duration.ofSeconds(1))) {
      Ledger ledger = ledger(through, SETTINGS);
      ledger.commit(row(1, 1));
      relay.fallSilent();
      long start = System.nanoTime();

      assertThatThrownBy(() -> ledger.commit(row(1, 2))).satisfies(LedgerContract::isUnavailable);
      assertThatThrownBy(() -> through.read(LedgerContract::rowCount))
          .satisfies(LedgerContract::isUnavailable);

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
      relay.speakAgain();
      assertThat(ledger.commit(row(1, 3)).sequence()).isGreaterThan(1);
      assertThat(ledger.refresh().recordHash()).isEqualTo(ledger().refresh().recordHash());
      ledger.close();
    }
  }

  @Test
  void connectionsThatANetworkForgotAreReplaced() {
    try (Relay relay = relay();
        Database through = through(relay, Duration.ofSeconds(1))) {
      Ledger ledger = ledger(through, SETTINGS);
      ledger.commit(row(1, 1));
      relay.forgetConnections();

      assertThat(ledger.commit(row(1, 2)).sequence()).isEqualTo(2);
      assertThat(rowCount()).isEqualTo(2);
      ledger.close();
    }
  }

  @Test
  void longReadsAndMigrationsAreNotCut() {
    try (Database hasty = open(endpoint.url(), Duration.ofMillis(500))) {
      assertThatThrownBy(() -> hasty.read(LedgerContract::sleep))
          .satisfies(LedgerContract::isUnavailable);
      assertThat(hasty.<Integer>snapshot(LedgerContract::sleep)).isZero();
      assertThatThrownBy(() -> hasty.read(LedgerContract::sleep))
          .as("a snapshot's patience ends with it")
          .satisfies(LedgerContract::isUnavailable);
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

  @Test
  void aRefusedSubmissionLeavesNothingAndTheOthersOfItsGroupGoOn() throws Exception {
    Ledger ledger = ledger();

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
    assertThat(rowCount()).isEqualTo(120);
    assertThat(ledger.head().forest().roots().of(documentKind()).count()).isEqualTo(120);
    assertThat(ledger().head().forest().roots()).isEqualTo(ledger.head().forest().roots());
  }

  @Test
  void aRowTheDatabaseRefusesEndsOnlyItsOwnSubmission() {
    Ledger ledger = ledger();
    ledger.commit(row(1, 1));

    Submission again = new Submission(Batch.of(document("another")), Map.of(), row(1, 1).rows());

    assertThatThrownBy(() -> ledger.commit(again)).isInstanceOf(GermlineException.class);
    assertThat(ledger.commit(row(1, 2)).sequence()).isEqualTo(2);
    assertThat(ledger.head().forest().contains(document("another").ref())).isFalse();
  }

  @Test
  void aReferenceToNothingIsRefused() {
    Ledger ledger = ledger();
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
  void removingADocumentRemovesTheEdgesAtBothEnds() {
    Ledger ledger = ledger();
    Document a = document("a");
    Document b = document("b");
    Document c = document("c");
    Edge ab = Edge.of(a.id(), b.id(), EdgeKind.custom("CITES"));
    Edge ca = Edge.of(c.id(), a.id(), EdgeKind.custom("CITES"));
    Edge cb = Edge.of(c.id(), b.id(), EdgeKind.custom("CITES"));
    ledger.commit(new Submission(Batch.of(a, b, c, ab, ca, cb), Map.of(), Rows.NONE));

    ledger.commit(new Submission(new Batch(List.of(), List.of(a.ref())), Map.of(), Rows.NONE));

    Forest forest = ledger().head().forest();
    assertThat(forest.contains(a.ref())).isFalse();
    assertThat(forest.contains(EntityRef.edge(ab.key()))).isFalse();
    assertThat(forest.contains(EntityRef.edge(ca.key()))).isFalse();
    assertThat(forest.contains(EntityRef.edge(cb.key()))).isTrue();
  }

  @Test
  void aTamperedEntityStopsTheStart() {
    ledger().commit(fact("one"));
    database.transact(connection ->
        connection
            .createStatement()
            .executeUpdate("UPDATE entities SET leaf_v1 = REVERSE(leaf_v1)"));

    assertThatThrownBy(this::ledger)
        .isInstanceOfSatisfying(
            GermlineException.class,
            wrong -> {
              assertThat(wrong.fault()).isEqualTo(Fault.CHAIN_BROKEN);
              assertThat(wrong).hasMessageContaining("record 1").hasMessageContaining("fsck");
            });
  }

  @Test
  void writesAreRefusedWhileTheGraphLiesTooFarBehind() {
    LedgerSettings strict =
        new LedgerSettings(64, 1_000, Duration.ofSeconds(30), Duration.ofSeconds(5), 2);
    Ledger ledger = ledger(strict);
    for (int i = 0; i < 3; i++) {
      ledger.commit(fact("fact " + i));
    }

    assertThatThrownBy(() -> ledger.commit(fact("one too many")))
        .isInstanceOfSatisfying(
            GermlineException.class,
            wrong -> assertThat(wrong.fault()).isEqualTo(Fault.PROJECTION_BEHIND));
  }

  private Ledger ledger() {
    return ledger(SETTINGS);
  }

  private Ledger ledger(LedgerSettings settings) {
    return ledger(database, settings);
  }

  private Ledger ledger(Database database, LedgerSettings settings) {
    Ledger ledger =
        Ledger.open(
            database.dataSource(), device, Clock.systemUTC(), settings, () -> 0, sequence -> {});
    opened.add(ledger);
    return ledger;
  }

  private static Document document(String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    return Document.of(
        "notes/" + text, Blake3.hash(content), List.of(), 0, content.length, "text/plain");
  }

  private static Submission fact(String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    Digest hash = Blake3.hash(content);
    return new Submission(Batch.of(document(text)), Map.of(hash, content), Rows.NONE);
  }

  /** A fact with a row whose key only it may use. */
  private static Submission row(int writer, int round) {
    String name = writer + "/" + round;
    return new Submission(
        Batch.of(document(name)),
        Map.of(),
        (connection, sequence) -> {
          try (var insert =
              connection.prepareStatement("INSERT INTO writers (name, sequence) VALUES (?, ?)")) {
            insert.setString(1, name);
            insert.setLong(2, sequence);
            insert.executeUpdate();
          }
        });
  }

  /** Writes its row first and is refused after it. */
  private static Submission refused(int writer, int round) {
    Submission good = row(writer, round);
    return new Submission(
        good.batch(),
        Map.of(),
        (connection, sequence) -> {
          good.rows().write(connection, sequence);
          throw new GermlineException(Fault.LAYER_EXISTS, "the name is taken");
        });
  }

  @FunctionalInterface
  private interface Work<T> {
    T run(int writer, int round);
  }

  private static <T> List<T> concurrently(int writers, int rounds, Work<T> work) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<T>>> running = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        int me = writer;
        running.add(
            threads.submit(() -> {
              List<T> results = new ArrayList<>();
              for (int round = 0; round < rounds; round++) {
                results.add(work.run(me, round));
              }
              return results;
            }));
      }
      List<T> all = new ArrayList<>();
      for (Future<List<T>> results : running) {
        all.addAll(results.get());
      }
      return all;
    }
  }

  private static EntityKind documentKind() {
    return EntityKind.DOCUMENT;
  }

  private List<SignedStateRoot> chain() {
    return database.read(connection -> ChainTable.commitsAfter(connection, 0, 10_000)).stream()
        .map(ChainTable.StoredCommit::record)
        .toList();
  }

  private List<CognitiveDiff> diffs() {
    return database.read(connection -> ChainTable.commitsAfter(connection, 0, 10_000)).stream()
        .map(ChainTable.StoredCommit::diff)
        .toList();
  }

  private long rowCount() {
    return database.read(LedgerContract::rowCount);
  }

  private static long rowCount(Connection connection) throws SQLException {
    try (var rows = connection.createStatement().executeQuery("SELECT COUNT(*) FROM writers")) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
