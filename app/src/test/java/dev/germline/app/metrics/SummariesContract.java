package dev.germline.app.metrics;

import static dev.germline.app.http.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.TestApp.Answer;
import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.app.layers.Layers;
import dev.germline.core.Fault;
import dev.germline.core.layers.LayerName;
import dev.germline.core.metrics.Period;
import dev.germline.core.metrics.SeriesSummary;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is told of measurements. */
interface SummariesContract extends MetricsServer {
  @Test
  default void summariesAreWhatANaiveRecomputationGives() {
    String one = layer("one", "public");
    String two = layer("two", "private");
    List<Point> points = points(List.of(one, two), 3000);
    // In three requests, so that days are added to.
    for (int from = 0; from < points.size(); from += 1000) {
      Answer answer =
          send(
              ada(),
              MEASUREMENTS,
              points.subList(from, from + 1000).stream().map(Point::json).toList());
      assertThat(answer.status()).as(answer.text()).isEqualTo(201);
      assertThat(answer.json().get("measurements").asInt()).isEqualTo(1000);
    }
    for (Period period : Period.values()) {
      JsonNode items = ada().get(path(two) + "/metrics?period=" + period).json().get("items");
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
    Metrics metrics = app().bean(Metrics.class);
    Caller caller = new Caller("bob", Role.USER);
    Map<LayerName, List<SeriesSummary>> seen =
        metrics.summariesByName(
            caller, List.of(LayerName.parse(one), LayerName.parse(two)), metrics.recent());
    assertThat(seen).containsOnlyKeys(LayerName.parse(one));
    assertThat(seen.get(LayerName.parse(one))).hasSize(4);
    assertThat(seen.values().iterator().next().stream().mapToLong(s -> s.summary().count()).sum())
        .isEqualTo(1500);
    assertThat(
            ada()
                .get(
                    path(one)
                        + "/metrics?task=code&metric=accuracy&from="
                        + LocalDate.ofInstant(began(), ZoneOffset.UTC).plusDays(1))
                .json()
                .get("items"))
        .isEmpty();
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
              began().minus(Duration.ofMinutes(random.nextInt(40 * 24 * 60))),
              i % 7 < 5 ? 100 + 20 * random.nextGaussian() : random.nextDouble()));
    }
    return points;
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
  default void measurementsComeBackInPagesNewestFirst() {
    String layer = layer("pages", "public");
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      // Three of each moment: a page may end among them.
      lines.add(
          new Point(layer, i % 2 == 0 ? "even" : "odd", "m", began().minusSeconds(i / 3), i)
              .json());
    }
    assertThat(send(bob(), path(layer) + "/measurements", lines).status()).isEqualTo(201);
    assertThat(
            bob()
                .post(
                    path(layer) + "/measurements",
                    "{\"taskType\":\"odd\",\"metricType\":\"m\",\"value\":9,\"context\":{\"set\":[1]}}")
                .status())
        .isEqualTo(201);
    List<Double> values = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = ada().get(path(layer) + "/measurements?limit=2" + cursor).json();
      page.get("items").forEach(item -> values.add(item.get("value").asDouble()));
      cursor = page.has("nextCursor") ? "&cursor=" + page.get("nextCursor").asText() : "";
    } while (!cursor.isEmpty());
    assertThat(values).containsExactly(9.0, 2.0, 1.0, 0.0, 5.0, 4.0, 3.0, 6.0);
    JsonNode odd =
        ada()
            .get(path(layer) + "/measurements?task=odd&metric=m&from=" + began().minusSeconds(1))
            .json();
    assertThat(odd.get("items")).hasSize(4);
    assertThat(odd.get("items").get(0).get("context").get("set").get(0).asInt()).isEqualTo(1);
    assertThat(odd.get("items").get(0).get("measuredBy").asText()).isEqualTo("bob");
    assertProblem(
        ada().get(path(layer) + "/measurements?cursor=x.1.2"), 400, Fault.INVALID_REQUEST);
    assertProblem(ada().get(path(layer) + "/measurements?limit=0"), 400, Fault.INVALID_REQUEST);
    assertProblem(ada().get(path(layer) + "/metrics?from=today"), 400, Fault.INVALID_REQUEST);
  }

  @Test
  default void theProfileIsOfWhatWasMeasuredAndRated() {
    String layer = layer("profile", "public");
    String row = "{\"taskType\":\"%s\",\"metricType\":\"%s\",\"value\":%s}";
    send(
        ada(),
        path(layer) + "/measurements",
        List.of(
            row.formatted("code", "accuracy", 0.5),
            row.formatted("code", "accuracy", 0.7),
            row.formatted("code", "latency-s", 0.2),
            row.formatted("code", "efficiency", 3)));
    bob()
        .post(
            path(layer) + "/usage",
            "{\"endedAt\":\"%s\",\"performanceRating\":0.8,\"startedAt\":\"%s\"}"
                .formatted(began(), began().minusSeconds(60)));
    JsonNode profile = ada().get(path(layer) + "/performance").json();
    assertThat(profile.get("accuracy").get("code").asDouble()).isCloseTo(0.6, within(1e-9));
    assertThat(profile.get("latency").get("code").asDouble()).isCloseTo(200, within(1e-9));
    assertThat(profile.get("efficiency").get("code").asDouble()).isEqualTo(3);
    assertThat(profile.get("consistency").get("code").asDouble()).isCloseTo(0.02, within(1e-9));
    assertThat(profile.get("userFeedback").get("meanRating").asDouble()).isEqualTo(0.8);
    assertThat(profile.at("/computeUsage/storageBytes").isNumber()).isTrue();
    assertThat(profile.at("/computeUsage/memoryMb").isMissingNode()).isTrue();
  }

  @Test
  default void whoDoesNotSeeALayerSeesAndMeasuresNothingOfIt() {
    String open = layer("open", "public");
    String secret = layer("secret", "private");
    String row = "{\"taskType\":\"t\",\"metricType\":\"m\",\"value\":1}";
    assertProblem(bob().post(path(secret) + "/measurements", row), 404, Fault.LAYER_NOT_FOUND);
    for (String view :
        List.of("/measurements", "/metrics", "/performance", "/usage", "/usage/summary")) {
      assertProblem(bob().get(path(secret) + view), 404, Fault.LAYER_NOT_FOUND);
      assertThat(ada().get(path(secret) + view).status()).isEqualTo(200);
      assertThat(app().anonymous().get(path(open) + view).status()).isEqualTo(401);
    }
    assertThat(
            assertProblem(
                    send(
                        bob(),
                        MEASUREMENTS,
                        List.of(
                            new Point(open, "t", "m", began(), 1).json(),
                            new Point(secret, "t", "m", began(), 1).json())),
                    404,
                    Fault.LAYER_NOT_FOUND)
                .get("detail")
                .asText())
        .contains("line 2", secret);
    assertThat(ada().get(path(open) + "/measurements").json().get("items")).isEmpty();
    assertThat(
            app()
                .bean(Layers.class)
                .rows(new Caller("bob", Role.USER), List.of(LayerName.parse(secret))))
        .isEmpty();
  }
}
