package dev.germline.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A lineage page over GraphQL, 50 descendants with their metrics, at a hundred requests a second
 * that come whether or not those before are answered. Beside it one row of the registry over REST,
 * asked the same way.
 */
final class GraphQlBench {
  private static final int FAMILIES = 20;
  private static final int[] CHILDREN = {4, 3, 2, 1, 1}; // 88 descendants each, five levels deep
  private static final int WRITERS = 16;
  private static final int PER_SECOND = 100;
  private static final int WARM_UP_SECONDS = 20;
  private static final int SECONDS = 30;
  private static final int SHOWN = 50;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String QUERY =
      """
      query Page($name: String!) { layer(name: $name) { name descendants(depth: 5, first: 50) {
        totalCount truncated pageInfo { hasNextPage endCursor }
        edges { cursor depth via { from to claim } node { name type creator createdAt status
          metrics { taskType metricType count mean p95 latest trend } } } } } }
      """;

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI server;
  private final String token;

  private GraphQlBench(URI server, String token) {
    this.server = server;
    this.token = token;
  }

  static void run(Report report, Path root) throws Exception {
    Path data = Files.createTempDirectory("germline-bench-graphql");
    try {
      Installation germline = new Installation(root, data);
      germline.run("up", "-d");
      try {
        JsonNode told = JSON.readTree(data.resolve("server.json").toFile());
        String token = Files.readString(data.resolve("admin.token")).strip();
        new GraphQlBench(URI.create(told.get("url").asText()), token).measure(report);
      } finally {
        germline.run("down");
      }
    } finally {
      Trees.delete(data);
    }
  }

  private void measure(Report report) throws Exception {
    families();
    List<HttpRequest> pages = new ArrayList<>();
    List<HttpRequest> rows = new ArrayList<>();
    for (int family = 0; family < FAMILIES; family++) {
      ObjectNode query = JSON.createObjectNode().put("query", QUERY);
      query.putObject("variables").put("name", "bench/f" + family + "@1.0.0");
      pages.add(post("/api/v1/graphql", query));
      rows.add(request("/api/v1/layers/bench/f" + family + "/1.0.0").GET().build());
    }
    JsonNode page = JSON.readTree(send(pages.getFirst()).body());
    JsonNode edges = page.at("/data/layer/descendants/edges");
    if (page.has("errors") || edges.size() != SHOWN || edges.at("/0/node/metrics").size() != 3) {
      throw new IllegalStateException("not the page that is to be measured: " + page);
    }
    rate(pages, WARM_UP_SECONDS);
    double[] millis = rate(pages, SECONDS);
    rate(rows, 5);
    double[] plain = rate(rows, 10);
    report.add("graphqlPageP95Ms", at(millis, 0.95), "ms", "at most", 60);
    report.add("graphqlPageP50Ms", at(millis, 0.50), "ms", "one layer, REST", at(plain, 0.50));
    report.add("graphqlPageP99Ms", at(millis, 0.99), "ms", "one layer, REST", at(plain, 0.99));
  }

  /** Publishes the families, a level at a time, and measures every layer three times three ways. */
  private void families() throws Exception {
    List<String> level = new ArrayList<>();
    for (int family = 0; family < FAMILIES; family++) {
      level.add("f" + family);
    }
    publish(level, false);
    for (int children : CHILDREN) {
      List<String> next = new ArrayList<>();
      for (String parent : level) {
        for (int child = 0; child < children; child++) {
          next.add(parent + "-" + child);
        }
      }
      publish(next, true);
      level = next;
    }
  }

  private void publish(List<String> names, boolean child) throws Exception {
    try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
      List<Callable<Integer>> work = new ArrayList<>();
      for (String name : names) {
        work.add(() -> {
          ok(post("/api/v1/layers", layer(name, child ? up(name) : null)));
          ok(post("/api/v1/measurements", measurements(name)));
          return 1;
        });
      }
      for (Future<Integer> done : writers.invokeAll(work)) {
        done.get();
      }
    }
  }

  private static String up(String name) {
    return name.substring(0, name.lastIndexOf('-'));
  }

  private static ObjectNode layer(String name, @Nullable String parent) {
    ObjectNode layer =
        JSON.createObjectNode()
            .put("type", "foundation")
            .put("name", "bench/" + name + "@1.0.0")
            .put("description", "A layer of the benchmark");
    ObjectNode provenance = layer.putObject("provenance").put("method", "training");
    if (parent != null) {
      provenance
          .putArray("parents")
          .addObject()
          .put("layer", "bench/" + parent + "@1.0.0")
          .put("evolutionType", "finetune")
          .put("confidence", 1);
    }
    layer.putObject("sharing").put("visibility", "public");
    layer
        .putObject("baseModel")
        .put("family", "custom")
        .put("size", "small")
        .put("contextWindow", 512)
        .put("parameterCount", 33_000_000);
    layer.putObject("pretraining");
    return layer;
  }

  private static ArrayNode measurements(String name) {
    ArrayNode measurements = JSON.createArrayNode();
    for (String metric : List.of("accuracy", "latency-ms", "efficiency")) {
      for (int i = 0; i < 3; i++) {
        measurements
            .addObject()
            .put("layer", "bench/" + name + "@1.0.0")
            .put("taskType", "retrieval")
            .put("metricType", metric)
            .put("value", 0.5 + i / 10.0);
      }
    }
    return measurements;
  }

  /** Milliseconds from when each request was due until its answer was read; one a failure ends. */
  private double[] rate(List<HttpRequest> requests, int seconds) throws Exception {
    int count = PER_SECOND * seconds;
    double[] millis = new double[count];
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> sent = new ArrayList<>();
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        int number = i;
        long due = start + i * (1_000_000_000L / PER_SECOND);
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        sent.add(
            senders.submit(() -> {
              ok(requests.get(number % requests.size()));
              millis[number] = (System.nanoTime() - due) / 1e6;
              return number;
            }));
      }
      for (Future<?> one : sent) {
        one.get();
      }
    }
    Arrays.sort(millis);
    return millis;
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))];
  }

  private void ok(HttpRequest request) throws Exception {
    HttpResponse<byte[]> response = send(request);
    if (response.statusCode() >= 300) {
      throw new IllegalStateException(
          request.uri()
              + ": "
              + response.statusCode()
              + " "
              + new String(response.body(), StandardCharsets.UTF_8));
    }
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.ofByteArray());
  }

  private HttpRequest post(String path, JsonNode body) throws IOException {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
        .build();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path)).header("Authorization", "Bearer " + token);
  }
}
