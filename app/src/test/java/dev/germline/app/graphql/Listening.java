package dev.germline.app.graphql;

import dev.germline.app.TestApp;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A client that listens to a stream until it is closed. */
final class Listening implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final Thread thread;
  private volatile int status;

  Listening(TestApp app, String token, String query, List<String> events) {
    HttpRequest request =
        HttpRequest.newBuilder(app.uri(GraphQlServer.PATH + "/stream"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .header("Accept", "text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofString(GraphQlServer.request(query, Map.of())))
            .build();
    thread =
        Thread.startVirtualThread(() -> {
          try {
            HttpResponse<Stream<String>> response =
                client.send(request, HttpResponse.BodyHandlers.ofLines());
            status = response.statusCode();
            if (status == 200) {
              response
                  .body()
                  .filter(line -> line.startsWith("data:"))
                  .forEach(line -> events.add(line.substring(5)));
            }
          } catch (IOException | InterruptedException | RuntimeException closed) {
            // as close() does it
          }
        });
  }

  int status() {
    return status;
  }

  @Override
  public void close() {
    client.shutdownNow();
    thread.interrupt();
  }
}
