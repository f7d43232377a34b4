package dev.germline.cli.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.germline.cli.FakeRegistry;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Client;
import dev.germline.cli.terminal.Progress;
import dev.germline.cli.terminal.Terminal;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.weights.ContentDigest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoringTest {
  private static final ContentDigest DIGEST = ContentDigest.sha256(Blake3.hash(new byte[0]));

  @TempDir Path home;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Terminal terminal(boolean watched) {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    return Terminal.of(
        new Surroundings(
            InputStream.nullInputStream(),
            stream,
            stream,
            false,
            watched,
            Map.of("TERM", "xterm"),
            home,
            home),
        false);
  }

  private String drawn() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void whatTheServerHasStoredIsShownOnceAllIsSent() throws IOException {
    try (FakeRegistry registry = new FakeRegistry();
        Client client = new Client(registry.url(), null);
        Progress progress = Progress.of(terminal(true), "uploading", 10)) {
      registry.answers.put(
          "/api/v1/uploads/events",
          "event: upload\ndata: {\"state\":\"receiving\",\"stored\":3,\"sizeBytes\":10}\n\n");
      progress.add(10);
      try (Storing _ = new Storing(client, DIGEST, () -> true, progress)) {
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> drawn().contains("storing, 3 B of 10 B are"));
      }
    }
  }

  @Test
  void aServerThatTellsNothingAndAScriptAreLeftAlone() throws IOException {
    try (FakeRegistry registry = new FakeRegistry();
        Client client = new Client(registry.url(), null)) {
      try (Progress progress = Progress.of(terminal(true), "uploading", 10)) {
        progress.add(10);
        try (Storing _ = new Storing(client, DIGEST, () -> true, progress)) {
          await()
              .atMost(Duration.ofSeconds(20))
              .until(() -> drawn().contains("storing") && !registry.log.isEmpty());
        }
      }
      registry.log.clear();
      try (Progress progress = Progress.of(terminal(false), "uploading", 10);
          Storing _ = new Storing(client, DIGEST, () -> true, progress)) {
        assertThat(progress.watched()).isFalse();
      }
      assertThat(registry.log).isEmpty();
    }
  }
}
