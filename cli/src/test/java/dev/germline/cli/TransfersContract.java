package dev.germline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.core.weights.ContentDigest;
import dev.germline.core.weights.FileDigests;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Weights on their way, and where they lie. */
interface TransfersContract extends OnServer {
  @Test
  default void aKilledPushAndAKilledPullGoOnWhereTheyStopped() throws Exception {
    int size = 120 << 20;
    Path folder = model("huge", size, 8);
    String[] push = {
      "push",
      "it/huge@1.0.0",
      folder.toString(),
      "--type=foundation",
      "--parameters=10",
      "--context-window=8",
      "--json"
    };
    Process pushing = server().launch(null, push);
    String digest = sha256(folder.resolve("weights.bin"));
    // So much that what is sent twice while the server still reads the broken connection is less.
    await("half an upload")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> offset(digest) > size / 2 || !pushing.isAlive());
    pushing.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    JsonNode pushed = json(ok(push));
    assertThat(pushed.path("sentBytes").asLong()).isLessThan(size);

    Path into = work().resolve("pulled");
    Process pulling = server().launch(null, "pull", "it/huge@1.0.0", into.toString());
    Path part = into.resolve("weights.bin.part");
    await("half a download")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> (Files.exists(part) && Files.size(part) > 1 << 20) || !pulling.isAlive());
    pulling.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    JsonNode pulled = json(ok("pull", "it/huge@1.0.0", into.toString(), "--json"));
    assertThat(pulled.findValuesAsText("fetched")).contains("resumed");
    assertThat(into.resolve("weights.bin")).hasSameBinaryContentAs(folder.resolve("weights.bin"));
    assertThat(part).doesNotExist();
  }

  private static String sha256(Path file) throws IOException {
    return ContentDigest.sha256(FileDigests.of(Files.readAllBytes(file)).sha256()).toString();
  }

  private long offset(String digest) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(server().url() + "/api/v1/blobs/" + ContentDigest.parse(digest)))
              .header(
                  "Authorization",
                  "Bearer " + Files.readString(server().data().resolve("admin.token")).strip())
              .HEAD()
              .build();
      return http.send(request, BodyHandlers.discarding())
          .headers()
          .firstValueAsLong("Upload-Offset")
          .orElse(0);
    }
  }

  @Test
  default void weightsAreSeenByTensorByRoomAndByLikeness() throws IOException {
    push("it/weights@1.0.0", matrix("weights", 0));
    assertThat(ok("show", "it/weights@1.0.0", "--tensors").out())
        .contains("block.0/w  F32  [500,500]  976.6 KiB  model.safetensors");
    Path tensor = work().resolve("w.safetensors");
    ok("pull", "it/weights@1.0.0", "--tensor=block.0/w", "--safetensors", "-o", tensor.toString());
    byte[] whole = Files.readAllBytes(work().resolve("weights/model.safetensors"));
    byte[] alone = Files.readAllBytes(tensor);
    assertThat(Arrays.copyOfRange(alone, alone.length - 1_000_000, alone.length))
        .isEqualTo(Arrays.copyOfRange(whole, whole.length - 1_000_000, whole.length));

    CommandLineRun tuned =
        ok(
            "push",
            "it/tuned@1.0.0",
            matrix("tuned", 0.01).toString(),
            "--type=foundation",
            "--parameters=10",
            "--context-window=8");
    assertThat(tuned.err()).contains("looks evolved from it/weights@1.0.0, 0.9");
    JsonNode du = json(ok("du", "it/tuned@1.0.0", "--json"));
    assertThat(du.path("rawBytes").asLong()).isEqualTo(whole.length);
    assertThat(ok("du").out()).contains("saved", "segments", "encoding");
  }

  /** A model of one matrix: random weights, and a little noise on them. */
  private Path matrix(String name, double noise) throws IOException {
    int elements = 250_000;
    Random base = new Random(9);
    Random tuning = new Random(10);
    String json =
        "{\"block.0/w\":{\"dtype\":\"F32\",\"shape\":[500,500],\"data_offsets\":[0,%d]}}"
            .formatted(4 * elements);
    byte[] header = json.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(8 + header.length + 4 * elements)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .put(header);
    while (file.hasRemaining()) {
      file.putFloat((float) (base.nextGaussian() * (1 + noise * tuning.nextGaussian())));
    }
    Path folder = Files.createDirectories(work().resolve(name));
    Files.write(folder.resolve("model.safetensors"), file.array());
    return folder;
  }
}
