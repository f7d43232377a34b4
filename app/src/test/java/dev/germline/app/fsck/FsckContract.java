package dev.germline.app.fsck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.app.TestApp;
import dev.germline.app.config.MySqlSettings;
import dev.germline.app.ledger.ContentCheck;
import dev.germline.app.ledger.Contents;
import dev.germline.app.ledger.GraphFeed;
import dev.germline.app.ledger.Ledger;
import dev.germline.app.ledger.LedgerCheck;
import dev.germline.app.ledger.LedgerSettings;
import dev.germline.app.ledger.MySqlSnapshot;
import dev.germline.app.ledger.Rows;
import dev.germline.app.ledger.Submission;
import dev.germline.app.sql.Database;
import dev.germline.blobstore.BlobStore;
import dev.germline.blobstore.BlobStoreSettings;
import dev.germline.core.ledger.Batch;
import dev.germline.core.ledger.DeviceKey;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.Edge;
import dev.germline.core.substrate.EdgeKind;
import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.embedded.stores.Neo4jEndpoint;
import dev.germline.embedded.stores.S3Endpoint;
import dev.germline.graph.audit.GraphAudit;
import dev.germline.graph.projection.Projector;
import dev.germline.graph.projection.ProjectorSettings;
import dev.germline.testing.TestStores;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;

/** Whatever is changed behind the ledger's back, fsck says so, on every SQL server it runs on. */
abstract class FsckContract {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private Database database = database();
  private Driver driver = driver();
  private BlobStore blobs = blobs();
  private Contents contents = new Contents(database, blobs);
  private GraphFeed feed = new GraphFeed(database, contents);
  private Projector projector = Projector.start(driver, feed, ProjectorSettings.DEFAULT);
  private Ledger ledger = ledger();
  private Fsck fsck =
      new Fsck(
          new LedgerCheck(
              database,
              List.of(new ContentCheck(contents, _ -> Optional.of("its blob is missing")))),
          () -> new GraphAudit(driver, feed).run(() -> MySqlSnapshot.open(database, feed)),
          Clock.systemUTC());

  /** An empty database; the graph is the test's alone. */
  abstract MysqlEndpoint emptyDatabase();

  private Database database() {
    TestApp.stop();
    TestStores.neo4j();
    TestStores.s3();
    MysqlEndpoint mysql = emptyDatabase();
    return Database.open(
        new MySqlSettings(
            mysql.url(), mysql.user(), mysql.password(), 8, Duration.ofSeconds(5), LIMIT));
  }

  private static BlobStore blobs() {
    S3Endpoint s3 = TestStores.s3();
    return new BlobStore(
        BlobStoreSettings.of(s3.uri(), s3.accessKey(), s3.secretKey(), s3.bucket()));
  }

  private static Driver driver() {
    Neo4jEndpoint neo4j = TestStores.neo4j();
    return GraphDatabase.driver(neo4j.bolt(), AuthTokens.basic(neo4j.user(), neo4j.password()));
  }

  private Ledger ledger() {
    return Ledger.open(
        database.dataSource(),
        DeviceKey.generate(new SecureRandom()),
        Clock.systemUTC(),
        new LedgerSettings(64, 1_000, LIMIT, LIMIT, 1_000_000),
        () -> projector.status().appliedSequence(),
        projector::wake);
  }

  @BeforeEach
  void facts() {
    Document first = note("one");
    commit(first, "one");
    for (String text : List.of("two", "three", "four")) {
      Document next = note(text);
      byte[] content = text.getBytes(StandardCharsets.UTF_8);
      ledger.commit(
          new Submission(
              Batch.of(next, Edge.of(next.id(), first.id(), EdgeKind.custom("CITES"))),
              Map.of(Blake3.hash(content), content),
              Rows.NONE));
    }
    assertThat(projector.awaitVisible(ledger.head().sequence(), LIMIT)).isTrue();
  }

  @AfterEach
  void close() {
    ledger.close();
    projector.close();
    driver.close();
    blobs.close();
    database.close();
  }

  @Test
  void findsNothingInStoresThatNobodyTouched() {
    FsckReport report = check();

    assertThat(report.findings()).isEmpty();
    assertThat(report.clean()).isTrue();
    assertThat(report.checked().records()).isEqualTo(4);
    assertThat(report.checked().entities()).isEqualTo(7);
    assertThat(report.checked().graphNodes()).isGreaterThanOrEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE contents SET body = 'other' WHERE body = 'two'                   | notes/two",
        "DELETE FROM contents WHERE body = 'two'                                 | notes/two",
        "UPDATE state_roots SET signature_v2 = REVERSE(signature_v2) WHERE sequence = 2 | record 2",
        "UPDATE state_roots SET signature_v1 = REVERSE(signature_v1) WHERE sequence = 3 | record 3",
        "UPDATE state_roots SET recorded_at = recorded_at + 1 WHERE sequence = 1 | record 1",
        "UPDATE state_roots SET edge_count = edge_count + 1 WHERE sequence = 4   | record 4",
        "UPDATE diffs SET body = REVERSE(body) WHERE sequence = 2                | record",
        "UPDATE entities SET body = REVERSE(body) WHERE kind = 1 LIMIT 1         | DOCUMENT",
        "UPDATE entities SET leaf_v2 = REVERSE(leaf_v2) WHERE kind = 4 LIMIT 1   | EDGE",
        "DELETE FROM entities WHERE kind = 4 LIMIT 1                             | the table entities",
        "UPDATE ledger_head SET record_hash = REVERSE(record_hash)               | the chain's head",
      })
  void findsWhatWasChangedInMySql(String sql, String subject) {
    database.transact(connection -> connection.createStatement().executeUpdate(sql));

    FsckReport report = check();

    assertThat(report.clean()).isFalse();
    assertThat(report.findings())
        .anySatisfy(finding -> {
          assertThat(finding.store()).isEqualTo("ledger");
          assertThat(finding.subject()).contains(subject);
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MATCH (n:Document {path: 'notes/two'}) SET n.sizeBytes = 1",
        "MATCH (n:Document {path: 'notes/two'}) SET n:Layer",
        "MATCH (n:Document {path: 'notes/two'}) DETACH DELETE n",
        "MATCH (:Document {path: 'notes/two'})-[r]->() DELETE r",
        "MATCH (a:Document {path: 'notes/two'}), (b:Document {path: 'notes/three'}) CREATE (a)-[:EVOLVED_FROM]->(b)",
        "CREATE (:Layer {name: 'planted/by-hand@1.0.0'})",
      })
  void findsWhatWasChangedInTheGraph(String cypher) {
    driver.executableQuery(cypher).execute();

    FsckReport report = check();

    assertThat(report.clean()).isFalse();
    assertThat(report.findings()).allMatch(finding -> finding.store().equals("neo4j"));
  }

  @Test
  void aRebuiltGraphIsCleanAgain() {
    driver.executableQuery("MATCH (n:Document) DETACH DELETE n").execute();
    assertThat(check().clean()).isFalse();

    projector.rebuild();

    assertThat(projector.awaitVisible(ledger.head().sequence(), LIMIT)).isTrue();
    assertThat(check().findings()).isEmpty();
  }

  private FsckReport check() {
    fsck.start();
    long end = System.nanoTime() + LIMIT.toNanos();
    while (fsck.report().state() == FsckReport.State.RUNNING && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    assertThat(fsck.report().state()).isEqualTo(FsckReport.State.DONE);
    return fsck.report();
  }

  private void commit(Document document, String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    Digest hash = Blake3.hash(content);
    ledger.commit(new Submission(Batch.of(document), Map.of(hash, content), Rows.NONE));
  }

  private static Document note(String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    return Document.of(
        "notes/" + text, Blake3.hash(content), List.of(), 0, content.length, "text/plain");
  }
}
