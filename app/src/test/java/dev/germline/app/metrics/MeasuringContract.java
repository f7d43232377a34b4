package dev.germline.app.metrics;

import static dev.germline.app.http.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.TestApp.Answer;
import dev.germline.core.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How measurements are taken, and which are not. */
interface MeasuringContract extends MetricsServer {
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
  default void aBadLineIsNamedAndNothingIsKept(int status, Fault fault, String said, String bad) {
    String layer = layer("bad", "public");
    String good = "{\"taskType\":\"t\",\"metricType\":\"m\",\"value\":1}";
    Answer answer = send(ada(), path(layer) + "/measurements", List.of(good, good, bad, good));
    assertThat(assertProblem(answer, status, fault).get("detail").asText())
        .contains("line 3", said, "nothing of the request was kept");
    assertThat(ada().get(path(layer) + "/measurements").json().get("items")).isEmpty();
    assertThat(ada().get(path(layer) + "/metrics").json().get("items")).isEmpty();
  }

  @Test
  default void batchesAreBoundedAndNotEmpty() {
    String layer = layer("bounds", "public");
    String row = "{\"taskType\":\"t\",\"metricType\":\"m\",\"value\":1}";
    assertProblem(
        send(ada(), path(layer) + "/measurements", List.of("")), 400, Fault.INVALID_REQUEST);
    assertProblem(
        send(ada(), path(layer) + "/measurements", List.of("[]")), 400, Fault.INVALID_REQUEST);
    assertProblem(
        send(ada(), path(layer) + "/measurements", List.of((row + "\n").repeat(20_001))),
        413,
        Fault.LIMIT_EXCEEDED);
    assertProblem(
        send(ada(), path(layer) + "/measurements", List.of(" ".repeat(9 << 20), row)),
        413,
        Fault.LIMIT_EXCEEDED);
    assertThat(ada().get(path(layer) + "/metrics").json().get("items")).isEmpty();
    assertThat(
            send(ada(), path(layer) + "/measurements", List.of("[", row, ",", row, "]")).status())
        .isEqualTo(201);
  }

  @Test
  default void aRepeatedBatchCountsOnce() {
    String layer = layer("twice", "public");
    List<String> lines = List.of("{\"taskType\":\"t\",\"metricType\":\"m\",\"value\":1}");
    String path = path(layer) + "/measurements";
    Answer first = send(ada(), path, lines, "Idempotency-Key", ns());
    Answer again = send(ada(), path, lines, "Idempotency-Key", ns());
    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().get("repeated").asBoolean()).isTrue();
    assertThat(again.json().get("batch")).isEqualTo(first.json().get("batch"));
    assertProblem(
        send(ada(), path, List.of(lines.getFirst() + " "), "Idempotency-Key", ns()),
        409,
        Fault.KEY_REUSED);
    assertProblem(send(ada(), path, lines, "Idempotency-Key", "a b"), 400, Fault.INVALID_REQUEST);
    assertThat(send(bob(), path, lines, "Idempotency-Key", ns()).status()).isEqualTo(201);
    assertThat(send(ada(), path, lines).status()).isEqualTo(201);
    assertThat(ada().get(path(layer) + "/metrics").json().get("items").get(0).get("count").asInt())
        .isEqualTo(3);
  }

  @Test
  default void manyAtOnceLoseNothing() throws Exception {
    String layer = layer("crowd", "public");
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      lines.add(
          new Point(layer, "t" + i % 9, "m", began().minus(Duration.ofDays(i % 5)), i).json());
    }
    List<Thread> threads = new ArrayList<>();
    List<Integer> statuses = java.util.Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 6; i++) {
      List<String> mine = new ArrayList<>(lines);
      java.util.Collections.shuffle(mine, new Random(i));
      threads.add(
          Thread.startVirtualThread(() -> statuses.add(send(ada(), MEASUREMENTS, mine).status())));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(statuses).hasSize(6).containsOnly(201);
    long counted = 0;
    for (JsonNode item : ada().get(path(layer) + "/metrics").json().get("items")) {
      counted += item.get("count").asLong();
    }
    assertThat(counted).isEqualTo(1800);
  }
}
