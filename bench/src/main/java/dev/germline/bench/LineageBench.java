package dev.germline.bench;

import dev.germline.core.layers.LayerName;
import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.embedded.stores.Neo4jEndpoint;
import dev.germline.embedded.stores.Part;
import dev.germline.embedded.stores.Settings;
import dev.germline.embedded.stores.Stores;
import dev.germline.graph.CypherFile;
import dev.germline.graph.projection.Projector;
import dev.germline.graph.projection.ProjectorSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.function.Consumer;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Session;

/**
 * Lineage of a generated forest on stores of its own: through REST, by the same Cypher through the
 * bare driver, and by a recursive CTE in the MySQL of the same machine. One client at a time.
 */
final class LineageBench {
  private static final int[] DEPTHS = {1, 5, 10, 20, 40, 64};
  private static final int SAMPLE = 400;

  /** Questions in a row to one contender; then it is the next one's turn. */
  private static final int TURN = 50;

  /**
   * Rounds before those that count: so many that the compilers of the servers have come to rest, as
   * in a server that runs for weeks.
   */
  private static final int WARMUP = 100;

  /** Layers that are replayed, and how long that may take. */
  private static final int REPLAYED = 5_000;

  private static final Duration REPLAY_LIMIT = Duration.ofMinutes(10);
  private static final int BLAST = 10_000;
  private static final String[] NAMES = {"REST", "driver", "whole CTE", "bare CTE"};

  private final long begin;
  private final Forest forest;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Random random = new Random(11);
  private final Driver driver;
  private final LineageCte sql;
  private final URI app;
  private final String token;

  private LineageBench(
      long begin, Forest forest, Driver driver, Connection sql, URI app, String token) {
    this.begin = begin;
    this.forest = forest;
    this.driver = driver;
    this.sql = new LineageCte(sql);
    this.app = app;
    this.token = token;
  }

  static void run(Report report, int layers) throws Exception {
    long begin = System.nanoTime();
    Forest forest = new Forest(layers);
    say(
        begin,
        "a forest of %,d layers and %,d arrows, to depth %d"
            .formatted(forest.layers(), forest.arrows(), forest.deepest()));
    Path data = Files.createTempDirectory("germline-bench-lineage");
    Settings settings = Settings.stores(data.resolve("data")).withApp().withNeo4jHeapMiB(2_048);
    try (Stores stores = Stores.prepare(settings)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stores, data)));
      stores.restart(Part.MARIADB);
      stores.restart(Part.S3);
      stores.restart(Part.NEO4J);
      Neo4jEndpoint neo4j = stores.neo4j();
      try (Driver driver =
          GraphDatabase.driver(neo4j.bolt(), AuthTokens.basic(neo4j.user(), neo4j.password()))) {
        replay(report, driver, Math.min(layers, REPLAYED));
        say(begin, "replayed");
        stores.stop(Part.NEO4J);
        ForestImport load = new ForestImport(forest, data.resolve("files"));
        long start = System.nanoTime();
        load.graph(stores, driver);
        double seconds = (System.nanoTime() - start) / 1e9;
        Trees.delete(data.resolve("files"));
        say(begin, "the graph is there");
        stores.restart(Part.APP); // makes the tables
        MysqlEndpoint mysql = stores.mysql();
        Properties login = new Properties();
        login.setProperty("user", mysql.user());
        login.setProperty("password", mysql.password());
        login.setProperty("rewriteBatchedStatements", "true");
        try (Connection sql = DriverManager.getConnection(mysql.url(), login)) {
          new ForestTables(forest, sql).fill();
          say(begin, "the registry is there");
          String token = Files.readString(data.resolve("data/admin.token")).strip();
          LineageBench bench =
              new LineageBench(begin, forest, driver, sql, stores.address(Part.APP), token);
          bench.measure(report);
          report.add(
              "importLayersPerSecond",
              layers / seconds,
              "layers/s",
              "asked for; files, Neo4j's offline importer, restart, constraints",
              10_000);
        }
      }
    }
  }

  /** What the projector makes of a ledger's diffs, into a graph that is empty. */
  private static void replay(Report report, Driver driver, int layers) {
    ForestLedger ledger = new ForestLedger(new Forest(layers));
    long start = System.nanoTime();
    try (Projector projector = Projector.start(driver, ledger, ProjectorSettings.DEFAULT)) {
      projector.wake(ledger.head());
      if (!projector.awaitVisible(ledger.head(), REPLAY_LIMIT)) {
        throw new IllegalStateException("the replay is too slow: " + projector.status());
      }
    }
    report.add(
        "replayLayersPerSecond",
        layers / ((System.nanoTime() - start) / 1e9),
        "layers/s",
        "asked for; `germline graph rebuild` of %,d, Neo4j just started".formatted(layers),
        10_000);
  }

  /** Also when the run is interrupted: gigabytes must not stay behind. */
  private static void end(Stores stores, Path data) {
    stores.close();
    for (int left = 5; left > 0 && Files.exists(data); left--) { // what runs still may write to it
      try {
        Trees.delete(data);
      } catch (IOException failed) {
        System.err.println("not deleted: " + failed);
      }
    }
  }

  private static void say(long begin, String what) {
    System.err.printf(Locale.ROOT, "%6.1f s  %s%n", (System.nanoTime() - begin) / 1e9, what);
  }

  private void measure(Report report) throws Exception {
    int[] typical = new int[SAMPLE];
    Arrays.setAll(typical, i -> random.nextInt(forest.layers()));
    for (boolean up : new boolean[] {true, false}) {
      String what = up ? "ancestors" : "descendants";
      turns(typical, WARMUP, up, 20);
      say(begin, "warm for " + what);
      for (int depth : DEPTHS) {
        double[][] millis = turns(typical, SAMPLE / TURN, up, depth);
        StringBuilder line = new StringBuilder(what + " to depth " + depth + ", p50/p95 ms:");
        for (int i = 0; i < millis.length; i++) {
          line.append(
              String.format(
                  Locale.ROOT, " %s %.2f/%.2f", NAMES[i], p(millis[i], 50), p(millis[i], 95)));
        }
        say(begin, line.toString());
        double rest = p(millis[0], 95);
        double bare = p(millis[1], 95);
        double whole = p(millis[2], 95);
        double lean = p(millis[3], 95);
        report.add("%sDepth%dP95Ms".formatted(what, depth), rest, "ms", "the whole CTE", whole);
        report.add("%sDepth%dDriverP95Ms".formatted(what, depth), bare, "ms", "the bare CTE", lean);
        if (depth == 20 && up) {
          report.add("ancestorsP95Ms", rest, "ms", "asked for", 15);
          report.add("ancestorsVsDriver", rest / bare, "times", "asked for, p95", 1.3);
          report.add("ancestorsVsSqlCte", whole / rest, "times faster", "asked for, p95", 5);
          report.add(
              "ancestorsVsBareSqlCte", lean / rest, "times faster", "by the driver", lean / bare);
        }
      }
    }
    blast(report);
  }

  /** Milliseconds of each contender's questions, sorted, as {@link #NAMES} has them. */
  private double[][] turns(int[] typical, int rounds, boolean up, int depth) {
    String what = up ? "ancestors" : "descendants";
    List<Consumer<Integer>> contenders =
        List.of(
            layer -> rest(layer, what, depth),
            layer -> cypher(layer, up, depth),
            layer -> sql.whole(forest.name(layer), up, depth),
            layer -> sql.bare(forest.name(layer), up, depth));
    double[][] millis = new double[contenders.size()][rounds * TURN];
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < contenders.size(); i++) {
        for (int turn = round * TURN; turn < (round + 1) * TURN; turn++) {
          int layer = typical[turn % typical.length];
          long start = System.nanoTime();
          contenders.get(i).accept(layer);
          millis[i][turn] = (System.nanoTime() - start) / 1e6;
        }
      }
    }
    for (double[] one : millis) {
      Arrays.sort(one);
    }
    return millis;
  }

  private void blast(Report report) throws Exception {
    int[][] needs = forest.needs();
    int root = -1;
    int hit = 0;
    for (int tried = 0; tried < 3_000; tried++) {
      int layer = random.nextInt(forest.layers());
      int found = forest.blast(layer, BLAST * 2, needs);
      if (root < 0 || Math.abs(found - BLAST) < Math.abs(hit - BLAST)) {
        root = layer;
        hit = found;
      }
    }
    int chosen = root;
    say(begin, "a blast radius of %,d layers".formatted(hit));
    each(new int[] {chosen}, 100, layer -> rest(layer, "blast", 64));
    double[] page = each(new int[] {chosen}, 60, layer -> rest(layer, "blast", 64));
    report.add("blastFirstPageMs", p(page, 50), "ms", "asked for, of " + hit + " layers hit", 100);
    report.add("blastFirstPageP95Ms", p(page, 95), "ms", "asked for", 100);
  }

  /** Milliseconds of each of so many questions, one after the other, sorted. */
  private static double[] each(int[] layers, int count, Consumer<Integer> question) {
    double[] millis = new double[count];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      question.accept(layers[i % layers.length]);
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(millis);
    return millis;
  }

  private static double p(double[] sorted, int percent) {
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
  }

  private void rest(int layer, String what, int depth) {
    LayerName name = forest.name(layer);
    URI uri =
        app.resolve(
            "/api/v1/layers/%s/%s/%s/%s?depth=%d"
                .formatted(name.namespace(), name.name(), name.version(), what, depth));
    try {
      HttpResponse<byte[]> answer =
          http.send(
              HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(
            uri + ": " + new String(answer.body(), StandardCharsets.UTF_8));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stopped);
    }
  }

  private void cypher(int layer, boolean up, int depth) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("name", forest.name(layer).toString());
    parameters.put("principal", "admin");
    parameters.put("admin", true);
    parameters.put("asOf", null);
    parameters.put("depth", depth);
    parameters.put("limit", 10_001);
    CypherFile file = up ? CypherFile.ANCESTORS : CypherFile.DESCENDANTS;
    try (Session session = driver.session()) {
      session.run(file.bounded(depth - 1, true, true), parameters).list();
    }
  }
}
