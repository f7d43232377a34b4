package dev.germline.app.blobs;

import static dev.germline.app.blobs.BlobServer.ANNA;
import static dev.germline.app.blobs.BlobServer.PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import dev.germline.testing.TestStores;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** How far uploads are, over server-sent events. */
class UploadEventsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final BlobServer SERVER =
      new BlobServer(TestStores.freshMysqlDatabase(), TestStores.s3());

  @AfterAll
  static void end() {
    SERVER.close();
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  /** Watches until the stream ends. */
  private static CompletableFuture<List<JsonNode>> watch(Digest blake3) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (Stream<String> lines =
              SERVER.lines(ANNA, "/api/v1/uploads/events?digest=" + blake3)) {
            return lines
                .filter(line -> line.startsWith("data:"))
                .map(line -> json(line.substring(5)))
                .toList();
          }
        },
        task -> Thread.ofVirtual().start(task));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException broken) {
      throw new IllegalStateException(text, broken);
    }
  }

  private static List<JsonNode> told(CompletableFuture<List<JsonNode>> watching) {
    return watching.orTimeout(60, java.util.concurrent.TimeUnit.SECONDS).join();
  }

  @Test
  void anUploadIsToldToItsEnd() {
    byte[] bytes = bytes(4 * PART);
    Digest blake3 = Blake3.hash(bytes);
    CompletableFuture<List<JsonNode>> watching = watch(blake3);
    assertThat(SERVER.put(ANNA, blake3, bytes).statusCode()).isEqualTo(201);
    List<JsonNode> events = told(watching);
    JsonNode last = events.getLast();
    assertThat(last.get("digest").asText()).isEqualTo(blake3.toHex());
    assertThat(last.get("state").asText()).isEqualTo("done");
    assertThat(last.get("stored").asLong()).isEqualTo(bytes.length);
    assertThat(last.get("sizeBytes").asLong()).isEqualTo(bytes.length);
    assertThat(last.has("code")).isFalse();
    long before = 0;
    for (JsonNode event : events) {
      assertThat(event.get("received").asLong())
          .isGreaterThanOrEqualTo(before)
          .isGreaterThanOrEqualTo(event.get("stored").asLong());
      before = event.get("received").asLong();
    }
  }

  @Test
  void aFailedUploadIsToldWithItsCodeAlsoToWhoComesLate() {
    byte[] bytes = bytes(1000);
    Digest other = Blake3.hash(bytes(1001));
    assertThat(SERVER.put(ANNA, other, bytes).statusCode()).isEqualTo(422);
    JsonNode last = told(watch(other)).getLast();
    assertThat(last.get("state").asText()).isEqualTo("failed");
    assertThat(last.get("code").asText()).isEqualTo("HASH_MISMATCH");
  }

  @Test
  void watchersThatDoNotReadOrGoAwayHoldNothingUp() {
    byte[] bytes = bytes(3 * PART + 1);
    Digest blake3 = Blake3.hash(bytes);
    List<Stream<String>> unread = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 20; i++) {
      unread.add(SERVER.lines(ANNA, "/api/v1/uploads/events"));
    }
    assertThat(SERVER.put(ANNA, blake3, bytes).statusCode()).isEqualTo(201);
    unread.forEach(Stream::close);
    UploadEventsController controller = SERVER.bean(UploadEventsController.class);
    await().atMost(Duration.ofSeconds(60)).until(() -> controller.watching() == 0);
  }

  @Test
  void withoutATokenOrAHashThereIsNothing() {
    assertThat(SERVER.send(SERVER.request("/api/v1/uploads/events").GET()).statusCode())
        .isEqualTo(401);
    assertThat(SERVER.get(ANNA, "/api/v1/uploads/events?digest=zz").statusCode()).isEqualTo(400);
  }
}
