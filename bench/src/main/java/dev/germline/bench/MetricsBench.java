package dev.germline.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.germline.embedded.stores.MysqlEndpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measurements through REST, in batches by two clients, beside the same rows written with batched
 * inserts of plain JDBC into a table like theirs in the same server.
 */
final class MetricsBench {
  private static final int CLIENTS = 2;
  private static final int WARMUP = 4;
  private static final int REQUESTS = 20;
  private static final int ROWS = 5_000;
  private static final int LAYERS = 20;
  private static final int TASKS = 3;
  private static final int AT_ONCE = 1_000;
  private static final long HOUR = 3_600_000;

  private MetricsBench() {}

  record Row(int layer, int task, int metric, double value, long at) {}

  static void run(Report report, Path root) throws Exception {
    Path data = Files.createTempDirectory("germline-bench-metrics");
    try {
      Installation germline = new Installation(root, data);
      germline.run("up", "-d");
      try (HttpClient http = HttpClient.newHttpClient();
          Connection sql = connect(data)) {
        Server server = new Server(http, data);
        for (int layer = 0; layer < LAYERS; layer++) {
          server.publish(layer);
        }
        ingest(server, WARMUP, HOUR, 1);
        double live = ingest(server, REQUESTS, HOUR, 2);
        double back = ingest(server, REQUESTS, 30 * 24 * HOUR, 3);
        double summary = Timing.medianMillis(20, 100, () -> server.summary(7));
        raw(data, sql, WARMUP, 1);
        double peer = raw(data, sql, REQUESTS, 2);
        double peerBack = raw(data, sql, REQUESTS, 3);
        double query = Timing.medianMillis(5, 20, () -> aggregate(sql));
        report.add("measurementsPerSecond", live, "/s", "batched inserts with plain JDBC", peer);
        report.add("backfillPerSecond", back, "/s", "batched inserts with plain JDBC", peerBack);
        report.add(
            "summaryP50Ms", summary, "ms", "GROUP BY over the layer's rows, no percentiles", query);
      } finally {
        germline.run("down");
      }
    } finally {
      Trees.delete(data);
    }
  }

  /** Measurements a second, of the last {@code span} milliseconds. */
  private static double ingest(Server server, int requests, long span, int seed) throws Exception {
    List<List<byte[]>> bodies = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      List<byte[]> mine = new ArrayList<>();
      for (int request = 0; request < requests; request++) {
        mine.add(json(rows(span, seed * 1000 + client * 100 + request)));
      }
      bodies.add(mine);
    }
    return concurrently(
        requests,
        client -> {
          for (byte[] body : bodies.get(client)) {
            server.send(body);
          }
        });
  }

  private static double raw(Path data, Connection sql, int requests, int seed) throws Exception {
    try (Statement statement = sql.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS raw_measurements LIKE layer_performance");
    }
    long span = seed == 3 ? 30 * 24 * HOUR : HOUR;
    List<List<List<Row>>> batches = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      List<List<Row>> mine = new ArrayList<>();
      for (int request = 0; request < requests; request++) {
        mine.add(rows(span, seed * 1000 + client * 100 + request));
      }
      batches.add(mine);
    }
    return concurrently(
        requests,
        client -> {
          try (Connection connection = connect(data)) {
            connection.setAutoCommit(false);
            int batch = seed * 1000 + client * 100;
            for (List<Row> rows : batches.get(client)) {
              insert(connection, batch++, rows);
              connection.commit();
            }
          }
        });
  }

  private static void insert(Connection connection, int batch, List<Row> rows) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO raw_measurements (layer_id, measured_at, batch_id, position, task_type,"
                + " metric_type, value, measured_by, context) VALUES (?, ?, ?, ?, ?, ?, ?, ?,"
                + " ?)")) {
      int position = 0;
      for (Row row : rows) {
        byte[] id = new byte[16];
        id[0] = (byte) row.layer();
        insert.setBytes(1, id);
        insert.setLong(2, row.at());
        insert.setLong(3, batch);
        insert.setInt(4, position++);
        insert.setString(5, "task-" + row.task());
        insert.setString(6, metric(row));
        insert.setDouble(7, row.value());
        insert.setString(8, "admin");
        insert.setString(9, null);
        insert.addBatch();
        if (position % AT_ONCE == 0) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
    }
  }

  private static long aggregate(Connection sql) throws SQLException {
    byte[] id = new byte[16];
    id[0] = 7;
    try (PreparedStatement select =
        sql.prepareStatement(
            "SELECT task_type, metric_type, COUNT(*), AVG(value), STDDEV_SAMP(value), MIN(value),"
                + " MAX(value) FROM raw_measurements WHERE layer_id = ?"
                + " GROUP BY task_type, metric_type")) {
      select.setBytes(1, id);
      long rows = 0;
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          rows += row.getLong(3);
        }
      }
      return rows;
    }
  }

  private static List<Row> rows(long span, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long now = System.currentTimeMillis();
    List<Row> rows = new ArrayList<>(ROWS);
    for (int i = 0; i < ROWS; i++) {
      rows.add(
          new Row(
              random.nextInt(LAYERS),
              random.nextInt(TASKS),
              random.nextInt(2),
              Math.round(random.nextDouble() * 1e6) / 1e4,
              now - random.nextLong(span)));
    }
    return rows;
  }

  private static String metric(Row row) {
    return row.metric() == 0 ? "latency-ms" : "score";
  }

  private static byte[] json(List<Row> rows) {
    StringBuilder json = new StringBuilder();
    for (Row row : rows) {
      json.append(
          "{\"layer\":\"bench/m%d@1.0.0\",\"taskType\":\"task-%d\",\"metricType\":\"%s\",\"value\":%s,\"measuredAt\":\"%s\"}%n"
              .formatted(
                  row.layer(),
                  row.task(),
                  metric(row),
                  row.value(),
                  Instant.ofEpochMilli(row.at())));
    }
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  @FunctionalInterface
  private interface Work {
    void of(int client) throws Exception;
  }

  private static double concurrently(int requests, Work work) throws Exception {
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int client = i;
        running.add(
            threads.submit(() -> {
              work.of(client);
              return client;
            }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
    return (double) CLIENTS * requests * ROWS / ((System.nanoTime() - start) / 1e9);
  }

  private static Connection connect(Path data) throws IOException, SQLException {
    ObjectMapper mapper = new ObjectMapper();
    int port =
        mapper.readTree(data.resolve("ports.json").toFile()).path("ports").path("MariaDB").asInt();
    JsonNode secrets = mapper.readTree(data.resolve("secrets.json").toFile());
    MysqlEndpoint mysql =
        MysqlEndpoint.local(port, "germline", "germline", secrets.get("mysqlPassword").asText());
    return DriverManager.getConnection(mysql.url(), mysql.user(), mysql.password());
  }

  /** The app, as its admin. */
  private static final class Server {
    private final HttpClient http;
    private final String url;
    private final String token;

    Server(HttpClient http, Path data) throws IOException {
      this.http = http;
      this.url =
          new ObjectMapper().readTree(data.resolve("server.json").toFile()).get("url").asText();
      this.token = Files.readString(data.resolve("admin.token")).strip();
    }

    void publish(int number) throws Exception {
      post(
          "/api/v1/layers",
          """
          {"type":"foundation","name":"bench/m%d@1.0.0","provenance":{"method":"training"},
           "sharing":{"visibility":"public"},
           "baseModel":{"family":"custom","size":"small","contextWindow":1,"parameterCount":1},
           "pretraining":{},"files":[]}
          """
              .formatted(number)
              .getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] body) throws Exception {
      post("/api/v1/measurements", body);
    }

    void summary(int layer) throws Exception {
      answer(
          HttpRequest.newBuilder(
                  URI.create(url + "/api/v1/layers/bench/m" + layer + "/1.0.0/metrics"))
              .GET());
    }

    private void post(String path, byte[] body) throws Exception {
      answer(
          HttpRequest.newBuilder(URI.create(url + path))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofByteArray(body)));
    }

    private void answer(HttpRequest.Builder request) throws Exception {
      HttpResponse<String> response =
          http.send(
              request
                  .version(HttpClient.Version.HTTP_1_1)
                  .header("Authorization", "Bearer " + token)
                  .build(),
              BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new IllegalStateException("refused: " + response.body());
      }
    }
  }
}
