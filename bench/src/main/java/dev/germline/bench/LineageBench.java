package dev.germline.bench;

import dev.germline.core.layers.LayerName;
import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.embedded.stores.Neo4jEndpoint;
import dev.germline.embedded.stores.Part;
import dev.germline.embedded.stores.Settings;
import dev.germline.embedded.stores.Stores;
import dev.germline.graph.CypherFile;
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
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
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
  private static final int WARMUP = 600;
  private static final int BLAST = 10_000;

  private final Forest forest;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Random random = new Random(11);
  private final Driver driver;
  private final Connection sql;
  private final URI app;
  private final String token;

  private LineageBench(Forest forest, Driver driver, Connection sql, URI app, String token) {
    this.forest = forest;
    this.driver = driver;
    this.sql = sql;
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
      stores.stop(Part.NEO4J);
      try (Driver driver =
          GraphDatabase.driver(neo4j.bolt(), AuthTokens.basic(neo4j.user(), neo4j.password()))) {
        ForestImport load = new ForestImport(forest, data.resolve("files"));
        long start = System.nanoTime();
        load.graph(stores, driver);
        double seconds = (System.nanoTime() - start) / 1e9;
        say(begin, "the graph is there");
        stores.restart(Part.APP); // makes the tables
        MysqlEndpoint mysql = stores.mysql();
        Properties login = new Properties();
        login.setProperty("user", mysql.user());
        login.setProperty("password", mysql.password());
        login.setProperty("rewriteBatchedStatements", "true");
        try (Connection sql = DriverManager.getConnection(mysql.url(), login)) {
          load.rows(sql);
          say(begin, "the registry is there");
          String token = Files.readString(data.resolve("data/admin.token")).strip();
          LineageBench bench =
              new LineageBench(forest, driver, sql, stores.address(Part.APP), token);
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

  /** Also when the run is interrupted: gigabytes must not stay behind. */
  private static void end(Stores stores, Path data) {
    stores.close();
    try {
      Trees.delete(data);
    } catch (IOException left) {
      System.err.println("not deleted: " + left);
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
      each(typical, WARMUP, layer -> rest(layer, what, 20));
      each(typical, WARMUP, layer -> cypher(layer, up, 20));
      each(typical, SAMPLE, layer -> cte(layer, up, 20));
      for (int depth : DEPTHS) {
        double[] rest = each(typical, SAMPLE, layer -> rest(layer, what, depth));
        double[] bare = each(typical, SAMPLE, layer -> cypher(layer, up, depth));
        double[] cte = each(typical, SAMPLE, layer -> cte(layer, up, depth));
        System.err.printf(
            Locale.ROOT,
            "%s to depth %d, p50/p95 ms: REST %.2f/%.2f, driver %.2f/%.2f, CTE %.2f/%.2f%n",
            what,
            depth,
            p(rest, 50),
            p(rest, 95),
            p(bare, 50),
            p(bare, 95),
            p(cte, 50),
            p(cte, 95));
        report.add(
            "%sDepth%dP95Ms".formatted(what, depth), p(rest, 95), "ms", "the CTE", p(cte, 95));
        if (depth == 20 && up) {
          report.add("ancestorsP95Ms", p(rest, 95), "ms", "asked for", 15);
          report.add(
              "ancestorsVsDriver", p(rest, 95) / p(bare, 95), "times", "asked for, p95", 1.3);
          report.add(
              "ancestorsVsSqlCte", p(cte, 95) / p(rest, 95), "times faster", "asked for, p95", 5);
        }
      }
    }
    blast(report);
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
    each(new int[] {chosen}, 30, layer -> rest(layer, "blast", 64));
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
      session.run(file.bounded(depth - 1), parameters).list();
    }
  }

  /** The same layers, without the arrows between them and without regard to who asks. */
  private void cte(int layer, boolean up, int depth) {
    String one = up ? "child" : "parent";
    String other = up ? "parent" : "child";
    String statement =
        """
        WITH RECURSIVE kin (id, depth) AS (
          SELECT l.id, 0 FROM genomic_layers l
          WHERE l.namespace = ? AND l.name = ? AND l.version = ?
          UNION
          SELECT a.%s, k.depth + 1 FROM kin k JOIN adjacency a ON a.%s = k.id WHERE k.depth < ?)
        SELECT l.id, l.namespace, l.name, l.version, l.digest, l.type, f.depth
        FROM (SELECT id, MIN(depth) AS depth FROM kin GROUP BY id) f
        JOIN genomic_layers l ON l.id = f.id ORDER BY f.depth LIMIT 10001\
        """
            .formatted(other, one);
    LayerName name = forest.name(layer);
    try (PreparedStatement select = sql.prepareStatement(statement)) {
      select.setString(1, name.namespace());
      select.setString(2, name.name());
      select.setString(3, name.version().toString());
      select.setInt(4, depth);
      int rows = 0;
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          row.getBytes(1);
          row.getString(3);
          rows++;
        }
      }
      if (rows == 0) {
        throw new IllegalStateException("SQL does not know " + name);
      }
    } catch (SQLException failed) {
      throw new IllegalStateException("the CTE failed", failed);
    }
  }
}
