package dev.germline.app.metrics;

import static dev.germline.app.TestApp.unique;
import static dev.germline.app.http.ProblemAssert.assertProblem;
import static dev.germline.app.layers.Samples.foundation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.TestApp;
import dev.germline.app.TestApp.Answer;
import dev.germline.app.TestApp.As;
import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.app.layers.Layers;
import dev.germline.app.sql.Database;
import dev.germline.core.Fault;
import dev.germline.core.layers.LayerName;
import dev.germline.core.metrics.Period;
import dev.germline.core.metrics.SeriesSummary;
import dev.germline.core.substrate.EntityId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What measurements and usage promise over HTTP, on every SQL server they run on. */
abstract class MetricsContract {
  private static final String MEASUREMENTS = "/api/v1/measurements";

  private final TestApp app = server();
  private final As ada = app.as("ada");
  private final As bob = app.as("bob");
  private final String ns = unique("metrics");
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  /** The server of these tests. */
  abstract TestApp server();

  record Point(String layer, String task, String metric, Instant at, double value) {
    String json() {
      return "{\"layer\":\"%s\",\"taskType\":\"%s\",\"metricType\":\"%s\",\"value\":%s,\"measuredAt\":\"%s\"}"
          .formatted(layer, task, metric, value, at);
    }
  }

  private String layer(String name, String visibility) {
    String full = ns + "/" + name + "@1.0.0";
    Answer answer = ada.post("/api/v1/layers", foundation(full).visibility(visibility).json());
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return full;
  }

  private static String path(String layer) {
    return "/api/v1/layers/" + layer.replace('@', '/');
  }

  private static Answer send(As who, String path, List<String> lines, String... headers) {
    List<String> all = new ArrayList<>(List.of("Content-Type", "application/x-ndjson"));
    all.addAll(List.of(headers));
    return who.send(
        "POST",
        path,
        String.join("\n", lines).getBytes(StandardCharsets.UTF_8),
        all.toArray(String[]::new));
  }

  private List<Point> points(List<String> layers, int count) {
    Random random = new Random(5);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      points.add(
          new Point(
              layers.get(i % layers.size()),
              i % 3 == 0 ? "code" : "chat ü",
              i % 7 < 5 ? "latency-ms" : "accuracy",
              now.minus(Duration.ofMinutes(random.nextInt(40 * 24 * 60))),
              i % 7 < 5 ? 100 + 20 * random.nextGaussian() : random.nextDouble()));
    }
    return points;
  }

  @Test
  void summariesAreWhatANaiveRecomputationGives() {
    String one = layer("one", "public");
    String two = layer("two", "private");
    List<Point> points = points(List.of(one, two), 3000);
    // In three requests, so that days are added to.
    for (int from = 0; from < points.size(); from += 1000) {
      Answer answer =
          send(
              ada,
              MEASUREMENTS,
              points.subList(from, from + 1000).stream().map(Point::json).toList());
      assertThat(answer.status()).as(answer.text()).isEqualTo(201);
      assertThat(answer.json().get("measurements").asInt()).isEqualTo(1000);
    }
    for (Period period : Period.values()) {
      JsonNode items = ada.get(path(two) + "/metrics?period=" + period).json().get("items");
      Map<String, List<Point>> naive =
          points.stream()
              .filter(point -> point.layer().equals(two))
              .collect(
                  Collectors.groupingBy(
                      point ->
                          point.task()
                              + point.metric()
                              + period.start(LocalDate.ofInstant(point.at(), ZoneOffset.UTC)),
                      TreeMap::new,
                      Collectors.toList()));
      assertThat(items).hasSize(naive.size());
      for (JsonNode item : items) {
        String start = period == Period.ALL ? "1970-01-01" : item.get("start").asText();
        agree(
            item,
            naive.getOrDefault(
                item.get("taskType").asText() + item.get("metricType").asText() + start,
                List.of()));
      }
    }
    Metrics metrics = app.bean(Metrics.class);
    Caller caller = new Caller("bob", Role.USER);
    Map<LayerName, List<SeriesSummary>> seen =
        metrics.summariesByName(
            caller, List.of(LayerName.parse(one), LayerName.parse(two)), metrics.recent());
    assertThat(seen).containsOnlyKeys(LayerName.parse(one));
    assertThat(seen.get(LayerName.parse(one))).hasSize(4);
    assertThat(seen.values().iterator().next().stream().mapToLong(s -> s.summary().count()).sum())
        .isEqualTo(1500);
    assertThat(
            ada.get(
                    path(one)
                        + "/metrics?task=code&metric=accuracy&from="
                        + LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(1))
                .json()
                .get("items"))
        .isEmpty();
  }

  private static void agree(JsonNode item, List<Point> points) {
    assertThat(points).isNotEmpty();
    double[] sorted = points.stream().mapToDouble(Point::value).sorted().toArray();
    double mean = points.stream().mapToDouble(Point::value).average().orElseThrow();
    assertThat(item.get("count").asInt()).isEqualTo(sorted.length);
    assertThat(item.get("mean").asDouble()).isCloseTo(mean, within(1e-9));
    assertThat(item.get("min").asDouble()).isEqualTo(sorted[0]);
    assertThat(item.get("max").asDouble()).isEqualTo(sorted[sorted.length - 1]);
    for (int percent : new int[] {50, 95}) {
      double exact = sorted[(int) Math.ceil(percent * sorted.length / 100.0) - 1];
      assertThat(item.get("p" + percent).asDouble())
          .isCloseTo(exact, within(sorted.length > 128 ? Math.abs(exact) * 0.01 : 0));
    }
    if (sorted.length > 1) {
      double squares = points.stream().mapToDouble(p -> Math.pow(p.value() - mean, 2)).sum();
      assertThat(item.get("standardDeviation").asDouble())
          .isCloseTo(Math.sqrt(squares / (sorted.length - 1)), within(1e-9));
    } else {
      assertThat(item.has("standardDeviation")).isFalse();
    }
    Instant last = points.stream().map(Point::at).max(Comparator.naturalOrder()).orElseThrow();
    assertThat(item.get("latestAt").asText()).isEqualTo(last.toString());
    assertThat(item.get("trend").get("direction").asText())
        .isIn("rising", "falling", "steady", "unknown");
  }

  @Test
  void measurementsComeBackInPagesNewestFirst() {
    String layer = layer("pages", "public");
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      // Three of each moment: a page may end among them.
      lines.add(
          new Point(layer, i % 2 == 0 ? "even" : "odd", "m", now.minusSeconds(i / 3), i).json());
    }
    assertThat(send(bob, path(layer) + "/measurements", lines).status()).isEqualTo(201);
    assertThat(
            bob.post(
                    path(layer) + "/measurements",
                    "{\"taskType\":\"odd\",\"metricType\":\"m\",\"value\":9,\"context\":{\"set\":[1]}}")
                .status())
        .isEqualTo(201);
    List<Double> values = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = ada.get(path(layer) + "/measurements?limit=2" + cursor).json();
      page.get("items").forEach(item -> values.add(item.get("value").asDouble()));
      cursor = page.has("nextCursor") ? "&cursor=" + page.get("nextCursor").asText() : "";
    } while (!cursor.isEmpty());
    assertThat(values).containsExactly(9.0, 2.0, 1.0, 0.0, 5.0, 4.0, 3.0, 6.0);
    JsonNode odd =
        ada.get(path(layer) + "/measurements?task=odd&metric=m&from=" + now.minusSeconds(1)).json();
    assertThat(odd.get("items")).hasSize(4);
    assertThat(odd.get("items").get(0).get("context").get("set").get(0).asInt()).isEqualTo(1);
    assertThat(odd.get("items").get(0).get("measuredBy").asText()).isEqualTo("bob");
    assertProblem(ada.get(path(layer) + "/measurements?cursor=x.1.2"), 400, Fault.INVALID_REQUEST);
    assertProblem(ada.get(path(layer) + "/measurements?limit=0"), 400, Fault.INVALID_REQUEST);
    assertProblem(ada.get(path(layer) + "/metrics?from=today"), 400, Fault.INVALID_REQUEST);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400|MALFORMED_JSON|line 3 cannot be read as JSON|{taskType}",
        "400|INVALID_REQUEST|line 3: value is a number, and not 'x'|{\"taskType\":\"t\",\"metricType\":\"m\",\"value\":\"x\"}",
        "400|INVALID_REQUEST|line 3: value is a number from|{\"taskType\":\"t\",\"metricType\":\"m\",\"value\":1e300}",
        "400|INVALID_REQUEST|line 3: metricType|{\"taskType\":\"t\",\"value\":1}",
        "400|INVALID_REQUEST|line 3: there is no member 'unit'|{\"unit\":\"ms\"}",
        "400|INVALID_REQUEST|is not kept|{\"measuredAt\":\"2001-01-01T00:00:00Z\"}",
        "400|INVALID_REQUEST|in the future|{\"measuredAt\":\"2199-01-01T00:00:00Z\"}",
        "400|INVALID_REQUEST|line 3: layer is other/x@1.0.0|{\"layer\":\"other/x@1.0.0\"}",
        "400|INVALID_REQUEST|line 3: measurements are objects|7",
        "400|INVALID_REQUEST|line 3: context is a JSON object|{\"context\":[]}"
      })
  void aBadLineIsNamedAndNothingIsKept(int status, Fault fault, String said, String bad) {
    String layer = layer("bad", "public");
    String good = "{\"taskType\":\"t\",\"metricType\":\"m\",\"value\":1}";
    Answer answer = send(ada, path(layer) + "/measurements", List.of(good, good, bad, good));
    assertThat(assertProblem(answer, status, fault).get("detail").asText())
        .contains("line 3", said, "nothing of the request was kept");
    assertThat(ada.get(path(layer) + "/measurements").json().get("items")).isEmpty();
    assertThat(ada.get(path(layer) + "/metrics").json().get("items")).isEmpty();
  }

  @Test
  void batchesAreBoundedAndNotEmpty() {
    String layer = layer("bounds", "public");
    String row = "{\"taskType\":\"t\",\"metricType\":\"m\",\"value\":1}";
    assertProblem(
        send(ada, path(layer) + "/measurements", List.of("")), 400, Fault.INVALID_REQUEST);
    assertProblem(
        send(ada, path(layer) + "/measurements", List.of("[]")), 400, Fault.INVALID_REQUEST);
    assertProblem(
        send(ada, path(layer) + "/measurements", List.of((row + "\n").repeat(20_001))),
        413,
        Fault.LIMIT_EXCEEDED);
    assertProblem(
        send(ada, path(layer) + "/measurements", List.of(" ".repeat(9 << 20), row)),
        413,
        Fault.LIMIT_EXCEEDED);
    assertThat(ada.get(path(layer) + "/metrics").json().get("items")).isEmpty();
    assertThat(send(ada, path(layer) + "/measurements", List.of("[", row, ",", row, "]")).status())
        .isEqualTo(201);
  }

  @Test
  void aRepeatedBatchCountsOnce() {
    String layer = layer("twice", "public");
    List<String> lines = List.of("{\"taskType\":\"t\",\"metricType\":\"m\",\"value\":1}");
    String path = path(layer) + "/measurements";
    Answer first = send(ada, path, lines, "Idempotency-Key", ns);
    Answer again = send(ada, path, lines, "Idempotency-Key", ns);
    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().get("repeated").asBoolean()).isTrue();
    assertThat(again.json().get("batch")).isEqualTo(first.json().get("batch"));
    assertProblem(
        send(ada, path, List.of(lines.getFirst() + " "), "Idempotency-Key", ns),
        409,
        Fault.KEY_REUSED);
    assertProblem(send(ada, path, lines, "Idempotency-Key", "a b"), 400, Fault.INVALID_REQUEST);
    assertThat(send(bob, path, lines, "Idempotency-Key", ns).status()).isEqualTo(201);
    assertThat(send(ada, path, lines).status()).isEqualTo(201);
    assertThat(ada.get(path(layer) + "/metrics").json().get("items").get(0).get("count").asInt())
        .isEqualTo(3);
  }

  @Test
  void manyAtOnceLoseNothing() throws Exception {
    String layer = layer("crowd", "public");
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      lines.add(new Point(layer, "t" + i % 9, "m", now.minus(Duration.ofDays(i % 5)), i).json());
    }
    List<Thread> threads = new ArrayList<>();
    List<Integer> statuses = java.util.Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 6; i++) {
      List<String> mine = new ArrayList<>(lines);
      java.util.Collections.shuffle(mine, new Random(i));
      threads.add(
          Thread.startVirtualThread(() -> statuses.add(send(ada, MEASUREMENTS, mine).status())));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(statuses).hasSize(6).containsOnly(201);
    long counted = 0;
    for (JsonNode item : ada.get(path(layer) + "/metrics").json().get("items")) {
      counted += item.get("count").asLong();
    }
    assertThat(counted).isEqualTo(1800);
  }

  @Test
  void whoDoesNotSeeALayerSeesAndMeasuresNothingOfIt() {
    String open = layer("open", "public");
    String secret = layer("secret", "private");
    String row = "{\"taskType\":\"t\",\"metricType\":\"m\",\"value\":1}";
    assertProblem(bob.post(path(secret) + "/measurements", row), 404, Fault.LAYER_NOT_FOUND);
    for (String view :
        List.of("/measurements", "/metrics", "/performance", "/usage", "/usage/summary")) {
      assertProblem(bob.get(path(secret) + view), 404, Fault.LAYER_NOT_FOUND);
      assertThat(ada.get(path(secret) + view).status()).isEqualTo(200);
      assertThat(app.anonymous().get(path(open) + view).status()).isEqualTo(401);
    }
    assertThat(
            assertProblem(
                    send(
                        bob,
                        MEASUREMENTS,
                        List.of(
                            new Point(open, "t", "m", now, 1).json(),
                            new Point(secret, "t", "m", now, 1).json())),
                    404,
                    Fault.LAYER_NOT_FOUND)
                .get("detail")
                .asText())
        .contains("line 2", secret);
    assertThat(ada.get(path(open) + "/measurements").json().get("items")).isEmpty();
    assertThat(
            app.bean(Layers.class)
                .rows(new Caller("bob", Role.USER), List.of(LayerName.parse(secret))))
        .isEmpty();
  }

  @Test
  void theProfileIsOfWhatWasMeasuredAndRated() {
    String layer = layer("profile", "public");
    String row = "{\"taskType\":\"%s\",\"metricType\":\"%s\",\"value\":%s}";
    send(
        ada,
        path(layer) + "/measurements",
        List.of(
            row.formatted("code", "accuracy", 0.5),
            row.formatted("code", "accuracy", 0.7),
            row.formatted("code", "latency-s", 0.2),
            row.formatted("code", "efficiency", 3)));
    bob.post(
        path(layer) + "/usage",
        "{\"endedAt\":\"%s\",\"performanceRating\":0.8,\"startedAt\":\"%s\"}"
            .formatted(now, now.minusSeconds(60)));
    JsonNode profile = ada.get(path(layer) + "/performance").json();
    assertThat(profile.get("accuracy").get("code").asDouble()).isCloseTo(0.6, within(1e-9));
    assertThat(profile.get("latency").get("code").asDouble()).isCloseTo(200, within(1e-9));
    assertThat(profile.get("efficiency").get("code").asDouble()).isEqualTo(3);
    assertThat(profile.get("consistency").get("code").asDouble()).isCloseTo(0.02, within(1e-9));
    assertThat(profile.get("userFeedback").get("meanRating").asDouble()).isEqualTo(0.8);
    assertThat(profile.at("/computeUsage/storageBytes").isNumber()).isTrue();
    assertThat(profile.at("/computeUsage/memoryMb").isMissingNode()).isTrue();
  }

  @Test
  void sessionsAreOpenedEndedRatedAndSummedUp() {
    String layer = layer("used", "public");
    String usage = path(layer) + "/usage";
    Answer opened =
        bob.post(usage, "{\"sessionId\":\"s:1\",\"startedAt\":\"" + now.minusSeconds(90) + "\"}");
    assertThat(opened.status()).as(opened.text()).isEqualTo(201);
    assertThat(
            bob.post(
                    usage, "{\"sessionId\":\"s:1\",\"startedAt\":\"" + now.minusSeconds(90) + "\"}")
                .status())
        .isEqualTo(200);
    String end = usage + "/" + opened.json().get("id").asText() + "/end";
    String rated =
        "{\"endedAt\":\"%s\",\"performanceRating\":0.5,\"comment\":\"so-so\"}".formatted(now);
    assertProblem(bob.post(end, "{\"performanceRating\":1.5}"), 400, Fault.INVALID_REQUEST);
    assertProblem(
        bob.post(end, "{\"endedAt\":\"" + now.minusSeconds(91) + "\"}"),
        400,
        Fault.INVALID_REQUEST);
    assertProblem(ada.post(end, rated), 404, Fault.SESSION_NOT_FOUND);
    assertThat(bob.post(end, rated).status()).isEqualTo(200);
    assertThat(bob.post(end, rated).json().get("comment").asText()).isEqualTo("so-so");
    assertProblem(bob.post(end, rated.replace("0.5", "0.6")), 409, Fault.SESSION_ENDED);
    assertThat(
            app.as("cy")
                .post(
                    usage,
                    "{\"startedAt\":\"%s\",\"endedAt\":\"%s\",\"performanceRating\":1}"
                        .formatted(now.minusSeconds(30), now))
                .status())
        .isEqualTo(201);
    assertThat(app.as("cy").post(usage, "{}").status()).isEqualTo(201);

    assertThat(bob.get(usage).json().get("items")).hasSize(1);
    assertThat(app.as("dan").get(usage).json().get("items")).isEmpty();
    List<String> users = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = ada.get(usage + "?limit=1" + cursor).json();
      page.get("items").forEach(item -> users.add(item.get("user").asText()));
      cursor = page.has("nextCursor") ? "&cursor=" + page.get("nextCursor").asText() : "";
    } while (!cursor.isEmpty());
    assertThat(users).containsExactly("cy", "cy", "bob");
    for (Period period : Period.values()) {
      JsonNode items = app.as("dan").get(usage + "/summary?period=" + period).json().get("items");
      long sessions = 0;
      for (JsonNode item : items) {
        sessions += item.get("sessions").asLong();
        if (period != Period.ALL) {
          LocalDate start = LocalDate.parse(item.get("start").asText());
          assertThat(period.start(start)).isEqualTo(start);
          assertThat(start).isAfter(LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(40));
        }
      }
      assertThat(sessions).isEqualTo(3);
    }
    JsonNode all = app.as("dan").get(usage + "/summary").json().get("items").get(0);
    assertThat(all.get("users").asInt()).isEqualTo(2);
    assertThat(all.get("meanSeconds").asDouble()).isEqualTo(60);
    assertThat(all.get("ratings").asInt()).isEqualTo(2);
    assertThat(all.get("meanRating").asDouble()).isEqualTo(0.75);
  }

  @Test
  void theLayersWithMostSessionsLatelyComeFirst() {
    String quiet = layer("quiet", "private");
    String busy = layer("busy", "private");
    String once = layer("once", "private");
    for (int i = 0; i < 3; i++) {
      ada.post(path(busy) + "/usage", "{}");
      // Long ago, which does not count.
      ada.post(
          path(quiet) + "/usage",
          "{\"startedAt\":\"%s\"}".formatted(now.minus(Duration.ofDays(9)).minusSeconds(i)));
    }
    ada.post(path(once) + "/usage", "{}");
    List<EntityId> most =
        app.bean(Usage.class).mostUsed(now.minus(Duration.ofDays(7)), Integer.MAX_VALUE);
    assertThat(most)
        .filteredOn(List.of(id(quiet), id(busy), id(once))::contains)
        .containsExactly(id(busy), id(once));
  }

  private EntityId id(String layer) {
    return app.bean(Layers.class).row(new Caller("ada", Role.USER), LayerName.parse(layer)).id();
  }

  @Test
  void partitionsComeAheadAndGoWithTheirMonths() {
    Database database = app.bean(Database.class);
    MetricsSettings settings = app.bean(MetricsSettings.class);
    String layer = layer("months", "public");
    YearMonth thisMonth = YearMonth.from(now.atOffset(ZoneOffset.UTC));
    Instant old = now.minus(Duration.ofDays(400));
    send(
        ada,
        MEASUREMENTS,
        List.of(
            new Point(layer, "t", "m", old, 1).json(), new Point(layer, "t", "m", now, 2).json()));
    Partitions partitions = app.bean(Partitions.class);

    assertThat(partitions.maintain()).isPresent();
    for (PartitionTable table : PartitionTable.values()) {
      assertThat(months(table))
          .contains(
              thisMonth, thisMonth.plusMonths(3), YearMonth.from(old.atOffset(ZoneOffset.UTC)))
          .doesNotContain(thisMonth.plusMonths(4));
    }
    assertThat(rows("PARTITION (p%s)".formatted(thisMonth.toString().replace("-", "")), layer))
        .isEqualTo(1);
    assertThat(rows("", layer)).isEqualTo(2);
    assertThat(partitions.maintain().orElseThrow().made()).isZero();

    // Another process is at it.
    String lock = "CONCAT('germline.metrics.', LEFT(SHA2(DATABASE(), 256), 32))";
    database.read(connection -> {
      try (var statement = connection.createStatement()) {
        statement.execute("DO GET_LOCK(" + lock + ", 0)");
        assertThat(partitions.maintain()).isEmpty();
        statement.execute("DO RELEASE_LOCK(" + lock + ")");
      }
      return layer;
    });

    Clock later =
        Clock.fixed(now.plus(settings.retention()).minus(Duration.ofDays(300)), ZoneOffset.UTC);
    Partitions.Done done = new Partitions(database, settings, later).maintain().orElseThrow();
    assertThat(done.dropped())
        .contains("layer_performance " + YearMonth.from(old.atOffset(ZoneOffset.UTC)));
    assertThat(rows("", layer)).isEqualTo(1);
    JsonNode summary = ada.get(path(layer) + "/metrics").json().get("items").get(0);
    assertThat(summary.get("count").asInt()).isEqualTo(1);
    assertThat(summary.get("latest").asInt()).isEqualTo(2);
    assertThat(months(PartitionTable.PERFORMANCE))
        .contains(YearMonth.from(later.instant().atOffset(ZoneOffset.UTC)).plusMonths(3));
  }

  private List<YearMonth> months(PartitionTable table) {
    return app.bean(Database.class).read(connection -> List.copyOf(table.months(connection)));
  }

  private long rows(String partition, String layer) {
    return app.bean(Database.class)
        .read(connection -> {
          try (var select =
              connection.prepareStatement(
                  "SELECT COUNT(*) FROM layer_performance "
                      + partition
                      + " p JOIN genomic_layers l ON l.id = p.layer_id WHERE l.namespace = ?")) {
            select.setString(1, ns);
            try (var row = select.executeQuery()) {
              row.next();
              assertThat(layer).startsWith(ns);
              return row.getLong(1);
            }
          }
        });
  }
}
