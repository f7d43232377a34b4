package dev.germline.app.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client of one app process. Thread-safe. */
final class Api {
  /** The longest an answer may take, whatever is down: a commit's timeout and the graph's. */
  static final Duration ANSWERS_WITHIN = Duration.ofSeconds(45);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(ANSWERS_WITHIN)
          .build();
  private final URI base;
  private final String token;

  Api(URI base, String token) {
    this.base = base;
    this.token = token;
  }

  /** What came back. */
  record Answer(HttpResponse<byte[]> response) {
    int status() {
      return response.statusCode();
    }

    byte[] body() {
      return response.body();
    }

    /** A header; empty when there is none. */
    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /** The fault of a problem; empty when this is none. */
    String code() {
      return status() < 400 ? "" : json().path("code").asText();
    }

    JsonNode json() {
      try {
        return JSON.readTree(body());
      } catch (IOException notJson) {
        throw new AssertionError("not JSON: " + this, notJson);
      }
    }

    @Override
    public String toString() {
      return response.request().method()
          + " "
          + response.request().uri().getPath()
          + ": "
          + status()
          + " "
          + new String(body(), 0, Math.min(400, body().length), StandardCharsets.UTF_8);
    }
  }

  Answer get(String path) throws IOException {
    return send("GET", path, BodyPublishers.noBody(), "application/json");
  }

  Answer post(String path, String json) throws IOException {
    return send("POST", path, BodyPublishers.ofString(json), "application/json");
  }

  Answer putBlob(String blake3, byte[] bytes) throws IOException {
    return send(
        "PUT",
        "/api/v1/blobs/" + blake3,
        BodyPublishers.ofByteArray(bytes),
        "application/octet-stream");
  }

  /**
   * Sends a request.
   *
   * @throws IOException when the app is away
   * @throws AssertionError when it is there and does not answer in time
   */
  private Answer send(String method, String path, BodyPublisher body, String type)
      throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(ANSWERS_WITHIN)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", type)
            .method(method, body)
            .build();
    try {
      return new Answer(client.send(request, BodyHandlers.ofByteArray()));
    } catch (HttpTimeoutException late) {
      throw new AssertionError(method + " " + path + " was not answered", late);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(method + " " + path + " was interrupted", stopped);
    }
  }
}
