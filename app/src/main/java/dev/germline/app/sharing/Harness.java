package dev.germline.app.sharing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.app.config.SharingSettings;
import dev.germline.core.layers.BenchmarkScore;
import dev.germline.core.layers.LayerRef;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

/**
 * The service that runs benchmarks again, if one is registered. It is sent {@code {"layer",
 * "digest", "benchmark", "taskType", "metric"}} and answers 200 with {@code {"value"}}, or 404 for
 * a benchmark that it does not know. Thread-safe.
 */
public final class Harness implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_BYTES = 1 << 16;

  private final SharingSettings settings;
  private final HttpClient client;

  public Harness(SharingSettings settings) {
    this.settings = settings;
    this.client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  }

  /** Whether there is one. */
  boolean isRegistered() {
    return !settings.harness().isEmpty();
  }

  /**
   * What running it again came to.
   *
   * @param problem why there is no value, if there is none
   */
  record Rerun(Optional<Double> value, String problem) {}

  /** Runs a benchmark of a layer again. */
  Rerun run(LayerRef layer, BenchmarkScore claimed) {
    ObjectNode question = JSON.createObjectNode();
    question.put("layer", layer.layer().toString());
    question.put("digest", layer.digest().toHex());
    question.put("benchmark", claimed.benchmark());
    question.put("taskType", claimed.taskType());
    question.put("metric", claimed.metric());
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(settings.harness()))
              .timeout(settings.harnessTimeout())
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(question)))
              .build();
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        JsonNode answer = JSON.readTree(body.readNBytes(MOST_BYTES));
        return response.statusCode() == 200 && answer.path("value").isNumber()
            ? new Rerun(Optional.of(answer.path("value").doubleValue()), "")
            : new Rerun(Optional.empty(), "the harness answered " + response.statusCode());
      }
    } catch (IOException | IllegalArgumentException broken) {
      return new Rerun(Optional.empty(), "the harness did not answer");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Rerun(Optional.empty(), "the server is stopping");
    }
  }

  /** Whether a value found is the claimed one, within what is tolerated. */
  boolean confirms(double claimed, double found) {
    return Math.abs(found - claimed)
        <= settings.harnessTolerance() * Math.max(Math.abs(claimed), 1e-9);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
