package dev.germline.bench;

import dev.germline.app.config.MySqlSettings;
import dev.germline.app.ledger.Contents;
import dev.germline.app.ledger.GraphFeed;
import dev.germline.app.ledger.Ledger;
import dev.germline.app.ledger.LedgerSettings;
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
import dev.germline.core.substrate.EntityId;
import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.embedded.stores.Neo4jEndpoint;
import dev.germline.embedded.stores.S3Endpoint;
import dev.germline.embedded.stores.Settings;
import dev.germline.embedded.stores.Stores;
import dev.germline.graph.projection.Projector;
import dev.germline.graph.projection.ProjectorSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;

/** The ledger with its real stores on this machine: throughput of many writers, latency of one. */
final class LedgerBench {
  private static final int WRITERS = 64;
  private static final int WARMUP_FACTS = 50;
  private static final int FACTS = 300;
  private static final int SINGLE = 300;

  private LedgerBench() {}

  static void run(Report report) throws Exception {
    Path data = Files.createTempDirectory("germline-bench-ledger");
    try (Stores stores = Stores.start(Settings.stores(data))) {
      MysqlEndpoint mysql = stores.mysql();
      Neo4jEndpoint neo4j = stores.neo4j();
      Database database =
          Database.open(
              new MySqlSettings(
                  mysql.url(),
                  mysql.user(),
                  mysql.password(),
                  72,
                  Duration.ofSeconds(10),
                  Duration.ofSeconds(60)));
      try (BlobStore blobs = new BlobStore(blobs(stores.s3()));
          Driver driver =
              GraphDatabase.driver(neo4j.bolt(), AuthTokens.basic(neo4j.user(), neo4j.password()));
          Projector projector =
              Projector.start(
                  driver,
                  new GraphFeed(database, new Contents(database, blobs)),
                  ProjectorSettings.DEFAULT);
          Ledger ledger =
              Ledger.open(
                  database.dataSource(),
                  DeviceKey.generate(new SecureRandom()),
                  Clock.systemUTC(),
                  new LedgerSettings(
                      256, 4_096, Duration.ofSeconds(30), Duration.ofSeconds(30), 1_000_000),
                  () -> projector.status().appliedSequence(),
                  projector::wake)) {
        measure(report, database, ledger, projector);
      } finally {
        database.close();
      }
    } finally {
      Trees.delete(data);
    }
  }

  private static BlobStoreSettings blobs(S3Endpoint s3) {
    return BlobStoreSettings.of(s3.uri(), s3.accessKey(), s3.secretKey(), s3.bucket());
  }

  private static void measure(Report report, Database database, Ledger ledger, Projector projector)
      throws Exception {
    Document anchor = document("anchor");
    ledger.commit(new Submission(Batch.of(anchor), Map.of(), Rows.NONE));
    facts(ledger, projector, anchor.id(), "warm-up", WARMUP_FACTS);
    double seconds = facts(ledger, projector, anchor.id(), "run", FACTS);
    double rows = rowsPerSecond(database);

    List<Double> latencies = new ArrayList<>();
    for (int i = 0; i < SINGLE; i++) {
      Submission fact = fact(anchor.id(), "single " + i);
      long start = System.nanoTime();
      ledger.commit(fact);
      latencies.add((System.nanoTime() - start) / 1e6);
    }
    double single =
        Timing.median(
            latencies.stream().skip(SINGLE / 5).mapToDouble(Double::doubleValue).toArray());
    double row = singleRowMillis(database);

    report.add(
        "factsPerSecond",
        WRITERS * FACTS / seconds,
        "facts/s",
        "the same rows, one plain MySQL transaction each",
        rows);
    report.add("singleCommitP50Ms", single, "ms", "one single-row MySQL commit", row);
  }

  /** Seconds until every fact is committed, signed and in the graph. */
  private static double facts(
      Ledger ledger, Projector projector, EntityId anchor, String name, int each) throws Exception {
    long start = System.nanoTime();
    concurrently(writer -> {
      for (int i = 0; i < each; i++) {
        ledger.commit(fact(anchor, name + " " + writer + " " + i));
      }
    });
    if (!projector.awaitVisible(ledger.head().sequence(), Duration.ofMinutes(5))) {
      throw new IllegalStateException("the graph did not follow: " + projector.status());
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static Submission fact(EntityId anchor, String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    Digest hash = Blake3.hash(content);
    Document document = document(text);
    return new Submission(
        Batch.of(document, Edge.of(document.id(), anchor, EdgeKind.custom("NOTE_ON"))),
        Map.of(hash, content),
        Rows.NONE);
  }

  private static Document document(String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    return Document.of(
        "notes/" + text, Blake3.hash(content), List.of(), 0, content.length, "text/plain");
  }

  /** The rows of a fact, written by the same writers without a ledger. */
  private static double rowsPerSecond(Database database) throws Exception {
    database.transact(connection ->
        connection
            .createStatement()
            .execute(
                "CREATE TABLE plain (id BINARY(32) PRIMARY KEY, body BLOB NOT NULL)"
                    + " ENGINE = InnoDB"));
    long start = System.nanoTime();
    concurrently(writer -> {
      for (int i = 0; i < FACTS; i++) {
        String name = "plain " + writer + " " + i;
        database.transact(connection -> {
          insert(connection, name + " document");
          insert(connection, name + " edge");
          insert(connection, name + " content");
          return name;
        });
      }
    });
    return WRITERS * FACTS / ((System.nanoTime() - start) / 1e9);
  }

  private static double singleRowMillis(Database database) throws Exception {
    int[] next = {0};
    return Timing.medianMillis(
        50,
        200,
        () ->
            database.transact(connection -> {
              insert(connection, "row " + next[0]++);
              return next;
            }));
  }

  private static void insert(Connection connection, String name) throws SQLException {
    byte[] body = name.getBytes(StandardCharsets.UTF_8);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO plain (id, body) VALUES (?, ?)")) {
      insert.setBytes(1, Blake3.hash(body).bytes());
      insert.setBytes(2, new byte[200]);
      insert.executeUpdate();
    }
  }

  @FunctionalInterface
  private interface Writer {
    void write(int number) throws Exception;
  }

  private static void concurrently(Writer writer) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int number = i;
        running.add(
            threads.submit(() -> {
              writer.write(number);
              return number;
            }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
  }
}
