package dev.germline.app.weights;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.TestApp;
import dev.germline.app.layers.Samples;
import dev.germline.app.sql.Database;
import dev.germline.blobstore.BlobStoreSettings;
import dev.germline.blobstore.s3.Objects;
import dev.germline.blobstore.s3.S3;
import dev.germline.blobstore.segment.SegmentStore;
import dev.germline.blobstore.weights.PieceIndex;
import dev.germline.core.merkle.Blake3;
import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.embedded.stores.S3Endpoint;
import dev.germline.testing.TestStores;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of weights on the disks of others, on every SQL server. */
abstract class StoredWeightsContract {
  private static final String OLD = "old:" + Base64.getEncoder().encodeToString(new byte[32]);
  private static final String NEW =
      "new:"
          + Base64.getEncoder()
              .encodeToString("another key of thirty-two bytes!".getBytes(US_ASCII));
  private static final String FILE = "/api/v1/layers/lab/model/1.0.0/files/model.safetensors";
  private static final String ROTATION = "/api/v1/keys/rotation";
  private static final String SCRUB = "/api/v1/scrub";

  private final byte[] file = Samples.safetensors(700_000);
  private final S3Endpoint first = TestStores.s3();
  private final S3Endpoint second = TestStores.s3Replica();
  private MysqlEndpoint mysql = emptyDatabase();

  abstract MysqlEndpoint emptyDatabase();

  @BeforeEach
  void emptyStores() {
    TestApp.stop();
    TestStores.wipe();
    TestStores.s3Replica();
    mysql = emptyDatabase();
  }

  @Test
  void theMasterKeyIsRotatedAndTheOldOneCanBeThrownAway() {
    try (TestApp app = start(OLD)) {
      publish(app);
      assertThat(app.as("admin").get(ROTATION).json().path("wraps").path("old").asInt())
          .isEqualTo(1);
      segments(
          first,
          objects ->
              assertThat(new String(read(objects, key(objects)), ISO_8859_1))
                  .doesNotContain("dtype"));
    }
    try (TestApp app = start(NEW + "," + OLD)) {
      assertThat(app.as("anna").get(ROTATION).status()).isEqualTo(403);
      assertThat(app.as("admin").post(ROTATION, "").status()).isEqualTo(202);
      JsonNode done = done(app, ROTATION);
      assertThat(done.path("complete").asBoolean()).as(done.toString()).isTrue();
      assertThat(done.path("rewrapped").asInt()).isEqualTo(1);
      assertThat(done.path("wraps").properties()).hasSize(1);
      assertThat(app.as("anna").get(FILE).body()).isEqualTo(file);
    }
    try (TestApp app = start(NEW)) {
      assertThat(app.as("anna").get(FILE).body()).isEqualTo(file);
    }
    try (TestApp app = start(OLD)) {
      TestApp.Answer refused = app.as("anna").get(FILE);
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.json().path("code").asText()).isEqualTo("KEY_UNAVAILABLE");
    }
  }

  @Test
  void whatIsDamagedInOneStoreIsHealedFromTheOther() {
    try (TestApp app = start(OLD)) {
      publish(app);
      segments(first, StoredWeightsContract::flip);
      assertThat(app.as("anna").get(FILE).body()).isEqualTo(file);

      assertThat(app.as("anna").post(SCRUB, "").status()).isEqualTo(403);
      assertThat(app.as("admin").post(SCRUB, "").status()).isEqualTo(202);
      JsonNode healed = done(app, SCRUB);
      assertThat(healed.path("clean").asBoolean()).as(healed.toString()).isTrue();
      assertThat(healed.path("damaged").asInt()).isEqualTo(1);
      assertThat(healed.path("repaired").asInt()).isEqualTo(1);
      assertThat(healed.path("findings").get(0).path("replica").asText()).endsWith(first.bucket());

      segments(second, objects -> objects.delete(key(objects)));
      app.as("admin").post(SCRUB, "");
      JsonNode again = done(app, SCRUB);
      assertThat(again.path("missing").asInt()).isEqualTo(1);
      assertThat(again.path("clean").asBoolean()).as(again.toString()).isTrue();
      segments(second, objects -> assertThat(key(objects)).isNotEmpty());
    }
  }

  @Test
  void whatIsLostIsNamedByLayerFileAndTensorAndHealedByAnotherPush() {
    try (TestApp app = start(OLD)) {
      publish(app);
      segments(first, StoredWeightsContract::flip);
      segments(second, objects -> objects.delete(key(objects)));

      app.as("admin").post(SCRUB, "");
      JsonNode report = done(app, SCRUB);

      assertThat(report.path("clean").asBoolean()).isFalse();
      assertThat(report.path("lostSegments").asInt()).isEqualTo(1);
      JsonNode lost = report.path("lost").get(0).path("files").get(0);
      assertThat(lost.path("layer").asText()).isEqualTo("lab/model@1.0.0");
      assertThat(lost.path("path").asText()).isEqualTo("model.safetensors");
      assertThat(lost.path("tensors").get(0).asText()).isEqualTo("w");

      app.as("ben").upload(file);
      assertThat(app.as("ben").get(FILE).body()).isEqualTo(file);
      app.as("admin").post(SCRUB, "");
      JsonNode whole = done(app, SCRUB);
      assertThat(whole.path("lostSegments").asInt()).as(whole.toString()).isZero();
      assertThat(whole.path("clean").asBoolean()).as(whole.toString()).isTrue();
    }
  }

  @Test
  void aChildWhoseParentIsLostIsHealedByThePushOfTheParent() {
    byte[] parent = Registry.model(1, 2);
    byte[] child = Registry.model(7, new long[] {1, 2});
    try (TestApp app = start(OLD)) {
      TestApp.As anna = app.as("anna");
      publish(app, "lab/parent@1.0.0", anna.upload(parent));
      List<String> ofParent = keys(first);
      String blake3 = Blake3.hash(child).toHex();
      TestApp.Answer sent =
          anna.send(
              "PUT",
              "/api/v1/blobs/" + blake3 + "?path=model.safetensors&parent=lab/parent@1.0.0",
              child);
      assertThat(sent.status()).as(sent.text()).isEqualTo(201);
      publish(app, "lab/child@1.0.0", blake3);
      assertThat(keys(first)).hasSizeGreaterThan(ofParent.size());
      String path = "/api/v1/layers/lab/child/1.0.0/files/model.safetensors";
      assertThat(anna.get(path).body()).isEqualTo(child);

      for (S3Endpoint store : List.of(first, second)) {
        segments(store, objects -> ofParent.forEach(objects::delete));
      }
      assertThat(anna.get(path).status()).isGreaterThanOrEqualTo(500);
      app.as("admin").post(SCRUB, "");
      assertThat(done(app, SCRUB).path("lostSegments").asInt()).isEqualTo(ofParent.size());

      app.as("ben").upload(parent);
      assertThat(anna.get(path).body()).isEqualTo(child);
    }
  }

  @Test
  void whatIsCollectedGoesFromEveryStoreAndWhatIsNeededStaysEncrypted() {
    try (TestApp app = start(OLD)) {
      publish(app);
      List<String> needed = keys(first);
      app.as("anna").upload(Registry.model(3));
      assertThat(keys(second)).hasSize(needed.size() + 1);

      for (Duration later : List.of(Duration.ofDays(8), Duration.ofDays(9))) {
        CollectionReport report =
            new WeightCollection(
                    app.bean(Database.class),
                    app.bean(PieceIndex.class),
                    app.bean(SegmentStore.class),
                    Registry.SETTINGS,
                    Clock.offset(Clock.systemUTC(), later))
                .run(false);
        assertThat(report.complete()).isTrue();
      }

      assertThat(keys(first)).isEqualTo(needed);
      assertThat(keys(second)).isEqualTo(needed);
      assertThat(app.as("anna").get(FILE).body()).isEqualTo(file);
    }
  }

  private static List<String> keys(S3Endpoint store) {
    List<String> keys = new ArrayList<>();
    segments(
        store, objects -> objects.list("segments/").forEach(item -> keys.add(item.objectName())));
    return keys;
  }

  private void publish(TestApp app) {
    publish(app, "lab/model@1.0.0", app.as("anna").upload(file));
  }

  private static void publish(TestApp app, String name, String blob) {
    TestApp.Answer published =
        app.as("anna")
            .post(
                "/api/v1/layers", Samples.foundation(name).file("model.safetensors", blob).json());
    assertThat(published.status()).as(published.text()).isEqualTo(201);
  }

  private TestApp start(String masterKeys) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("germline.mysql.url", mysql.url());
    settings.put("germline.mysql.user", mysql.user());
    settings.put("germline.mysql.password", mysql.password());
    settings.put("germline.neo4j.uri", "bolt://127.0.0.1:1");
    settings.put("germline.ledger.visible-timeout", "100ms");
    settings.put("germline.encryption.enabled", "true");
    settings.put("germline.encryption.master-keys", masterKeys);
    settings.put("germline.replicas.1.endpoint", second.uri().toString());
    settings.put("germline.replicas.1.access-key", second.accessKey());
    settings.put("germline.replicas.1.secret-key", second.secretKey());
    settings.put("germline.replicas.1.bucket", second.bucket());
    return TestApp.start(settings);
  }

  private static JsonNode done(TestApp app, String path) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> app.as("admin").get(path).json(),
            report -> report.path("state").asText().equals("DONE"));
  }

  private static void segments(S3Endpoint at, Consumer<Objects> work) {
    var target =
        BlobStoreSettings.of(at.uri(), at.accessKey(), at.secretKey(), at.bucket()).target();
    try (S3 s3 = new S3(target)) {
      work.accept(new Objects(s3, at.bucket(), 100));
    }
  }

  private static String key(Objects objects) {
    List<String> keys = objects.list("segments/").map(item -> item.objectName()).toList();
    assertThat(keys).hasSize(1);
    return keys.getFirst();
  }

  private static byte[] read(Objects objects, String key) {
    try (InputStream stream = objects.get(key, 0, objects.size(key).orElseThrow())) {
      return stream.readAllBytes();
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  private static void flip(Objects objects) {
    String key = key(objects);
    byte[] bytes = read(objects, key);
    bytes[bytes.length / 2] ^= 1;
    bytes[100] ^= 1;
    objects.put(key, bytes, bytes.length);
  }
}
