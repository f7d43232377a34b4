package dev.germline.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at the app's heap twenty times a second until it is closed. */
final class HeapWatch implements AutoCloseable {
  private static final Pattern USED = heap("jvm_memory_used_bytes");
  private static final Pattern MAX = heap("jvm_memory_max_bytes");

  private final URI metrics;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Thread watcher;
  private volatile double peak;
  private volatile boolean closed;

  HeapWatch(Installation germline) throws IOException {
    this.metrics = germline.metrics();
    this.watcher = Thread.ofVirtual().start(this::watch);
  }

  private void watch() {
    while (!closed) {
      peak = Math.max(peak, sum(USED));
      LockSupport.parkNanos(50_000_000);
    }
  }

  /** Bytes that were in use at most, what is no longer needed included. */
  double peak() {
    return peak;
  }

  /** Bytes that the heap may have. */
  double max() {
    return sum(MAX);
  }

  private double sum(Pattern pattern) {
    try {
      String body =
          client
              .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      double sum = 0;
      for (Matcher matcher = pattern.matcher(body); matcher.find(); ) {
        sum += Math.max(0, Double.parseDouble(matcher.group(1)));
      }
      return sum;
    } catch (IOException unanswered) {
      return 0;
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private static Pattern heap(String metric) {
    return Pattern.compile("(?m)^" + metric + "\\{[^}]*area=\"heap\"[^}]*} (\\S+)$");
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    watcher.join();
    client.close();
  }
}
