package dev.germline.app.metrics;

import static dev.germline.app.layers.Samples.foundation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.app.TestApp;
import dev.germline.app.TestApp.Answer;
import dev.germline.app.TestApp.As;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A server, and what tests ask it. */
interface MetricsServer {
  String MEASUREMENTS = "/api/v1/measurements";

  TestApp app();

  /** A namespace of this test. */
  String ns();

  /** When this test began, in whole milliseconds. */
  Instant began();

  /** Whose the layers are. */
  default As ada() {
    return app().as("ada");
  }

  /** Who sees what is public. */
  default As bob() {
    return app().as("bob");
  }

  record Point(String layer, String task, String metric, Instant at, double value) {
    String json() {
      return "{\"layer\":\"%s\",\"taskType\":\"%s\",\"metricType\":\"%s\",\"value\":%s,\"measuredAt\":\"%s\"}"
          .formatted(layer, task, metric, value, at);
    }
  }

  default String layer(String name, String visibility) {
    String full = ns() + "/" + name + "@1.0.0";
    Answer answer = ada().post("/api/v1/layers", foundation(full).visibility(visibility).json());
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return full;
  }

  default String path(String layer) {
    return "/api/v1/layers/" + layer.replace('@', '/');
  }

  default Answer send(As who, String path, List<String> lines, String... headers) {
    List<String> all = new ArrayList<>(List.of("Content-Type", "application/x-ndjson"));
    all.addAll(List.of(headers));
    return who.send(
        "POST",
        path,
        String.join("\n", lines).getBytes(StandardCharsets.UTF_8),
        all.toArray(String[]::new));
  }
}
