package dev.germline.cli.layers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.Stop;
import dev.germline.cli.server.Body;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.Json;
import dev.germline.cli.terminal.Progress;
import dev.germline.cli.terminal.Sizes;
import dev.germline.core.weights.ContentDigest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * While a server stores what was sent and does not answer yet, shows how far it is, by its events.
 * Whatever goes wrong here is passed over: the upload's own answer counts.
 */
final class Storing implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final String DATA = "data:";

  private final Client client;
  private final ContentDigest digest;
  private final BooleanSupplier allSent;
  private final Progress progress;
  private final Thread watcher;

  /**
   * Begins to watch.
   *
   * @param allSent whether all bytes are on their way
   */
  Storing(Client client, ContentDigest digest, BooleanSupplier allSent, Progress progress) {
    this.client = client;
    this.digest = digest;
    this.allSent = allSent;
    this.progress = progress;
    this.watcher = Thread.ofVirtual().name("storing").unstarted(this::watch);
    if (progress.watched()) {
      watcher.start();
    }
  }

  private void watch() {
    try {
      while (!allSent.getAsBoolean()) {
        Thread.sleep(LOOK);
      }
      Thread.sleep(PATIENCE);
      progress.note("storing");
      follow();
    } catch (InterruptedException | IOException | Stop over) {
      // It is answered, or the server tells nothing.
    }
  }

  private void follow() throws IOException {
    try (Body events =
            client.open(
                "/api/v1/uploads/events?digest=" + Client.encode(digest.toString()), 0, "");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(DATA)) {
          JsonNode event =
              Json.read(line.substring(DATA.length()).getBytes(StandardCharsets.UTF_8));
          if (event.has("stored")) {
            progress.note(
                "storing, %s of %s are"
                    .formatted(
                        Sizes.bytes(event.path("stored").asLong()),
                        Sizes.bytes(event.path("sizeBytes").asLong())));
          }
        }
      }
    }
  }

  @Override
  public void close() {
    watcher.interrupt();
    progress.note("");
  }
}
