package dev.germline.app.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.germline.app.TestApp;
import dev.germline.app.weights.CollectionReport.Figures;
import dev.germline.blobstore.segment.SegmentRef;
import dev.germline.blobstore.weights.PackedPiece;
import dev.germline.blobstore.weights.PieceIndex;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.Tenant;
import dev.germline.embedded.stores.MysqlEndpoint;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes and what stays. */
abstract class CollectionContract {
  private static final Duration NOW = Duration.ZERO;
  private static final Duration LATER = Duration.ofDays(8);
  private static final Duration LATER_STILL = LATER.plusHours(2);

  private Registry registry;

  abstract MysqlEndpoint mysql();

  @BeforeEach
  void start() {
    registry = new Registry(mysql());
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void whatNoLayerHasGoesWithItsObjectAndTheRestStays() {
    String kept = registry.published("some/kept", Registry.model(1, 2));
    String loose = registry.anna().upload(Registry.model(2, 3, 4));
    Digest object = registry.objects().getLast();
    long size = registry.number("SELECT size_bytes FROM segments ORDER BY id DESC LIMIT 1");

    assertThat(run(NOW)).as("within the grace").isEqualTo(Figures.NOTHING);

    Figures gone = run(LATER);
    assertThat(gone.blobs().count()).isEqualTo(1);
    assertThat(gone.blobs().bytes()).isEqualTo(Registry.model(2, 3, 4).length);
    assertThat(gone.recipes().count()).isEqualTo(1);
    assertThat(gone.pieces().count()).as("the header and two tensors").isEqualTo(3);
    assertThat(gone.condemned()).isEqualTo(new CollectionReport.Tally(1, size));
    assertThat(gone.segments().count()).as("readers have an hour").isZero();
    assertThat(registry.exists(loose)).isFalse();
    assertThat(registry.stored(object)).isTrue();

    assertThat(run(LATER_STILL).segments()).isEqualTo(new CollectionReport.Tally(1, size));
    assertThat(registry.stored(object)).isFalse();
    assertThat(registry.objects()).hasSize(1).allMatch(registry::stored);
    assertThat(registry.problem(kept)).isEmpty();
    assertThat(run(LATER_STILL)).as("nothing is left to do").isEqualTo(Figures.NOTHING);

    assertThat(registry.published("some/again", Registry.model(2, 3, 4))).isEqualTo(loose);
    assertThat(registry.problem(loose)).isEmpty();
  }

  @Test
  void aDryRunSaysWhatWouldGoAndLeavesIt() {
    String parent = registry.published("some/parent", Registry.model(1, 2));
    registry.published("some/child", Registry.model(1, 2, 3));
    registry.anna().upload(Registry.model(3, 4));
    unpublish(parent);

    CollectionReport foreseen = registry.collection(LATER).run(true);
    assertThat(foreseen.complete()).as(foreseen.toString()).isTrue();
    assertThat(registry.count("blobs")).isEqualTo(3);

    Figures gone = run(LATER);
    assertThat(gone.blobs()).isEqualTo(foreseen.gone().blobs());
    assertThat(gone.recipes()).isEqualTo(foreseen.gone().recipes());
    assertThat(gone.pieces()).isEqualTo(foreseen.gone().pieces());
    assertThat(gone.pieces().count()).as("a header and a tensor").isEqualTo(2);
  }

  @Test
  void aBlobThatWasSentAgainIsYoungAgain() {
    byte[] file = Registry.model(5);
    String blake3 = registry.anna().upload(file);
    registry.sql("UPDATE blobs SET created_at = 1");
    registry.sql("UPDATE blob_holders SET held_since = 1");
    registry.anna().upload(file);

    assertThat(run(NOW).blobs().count()).isZero();
    assertThat(registry.problem(blake3)).isEmpty();
    assertThat(run(LATER).blobs().count()).isEqualTo(1);
  }

  @Test
  void whatAChildIsCodedAgainstStaysWithoutItsParent() {
    long[] seeds = {11, 12};
    String parent = registry.published("some/parent", Registry.model(0, seeds));
    byte[] tuned = Registry.model(1, seeds);
    String child = Blake3.hash(tuned).toHex();
    TestApp.Answer sent =
        registry
            .anna()
            .send(
                "PUT",
                "/api/v1/blobs/" + child + "?path=model.safetensors&parent=some/parent@1.0.0",
                tuned);
    assertThat(sent.status()).as(sent.text()).isEqualTo(201);
    assertThat(registry.publish("some/child", child).status()).isEqualTo(201);
    assertThat(registry.number("SELECT COUNT(*) FROM pieces WHERE base_id IS NOT NULL"))
        .isEqualTo(2);
    unpublish(parent);

    Figures gone = run(LATER);
    assertThat(gone.blobs().count()).isEqualTo(1);
    assertThat(gone.pieces().count()).as("they even have their header in common").isZero();
    assertThat(registry.exists(parent)).isFalse();
    assertThat(registry.problem(child)).isEmpty();

    unpublish(child);
    assertThat(registry.collection(LATER).run(true).gone().pieces().count()).isEqualTo(5);
    assertThat(run(LATER).pieces().count()).as("child and bases at once").isEqualTo(5);
    assertThat(registry.count("pieces")).isZero();
  }

  @Test
  void whatIsLeftInAnObjectMovesToANewOneAndTheOldOneGoes() {
    String full = registry.anna().upload(Registry.model(21, 22, 23, 24));
    String kept = registry.published("some/kept", Registry.model(24));
    Digest old = registry.objects().getFirst();
    long size = registry.number("SELECT size_bytes FROM segments ORDER BY id LIMIT 1");

    Figures gone = run(LATER);
    assertThat(registry.exists(full)).isFalse();
    assertThat(gone.pieces().count()).as("a header and three tensors").isEqualTo(4);
    assertThat(gone.compacted().count()).isEqualTo(1);
    assertThat(gone.compacted().bytes()).isBetween(size / 2, size);
    assertThat(gone.condemned().count()).as("the old object").isEqualTo(1);
    assertThat(registry.stored(old)).as("someone may be reading from it").isTrue();
    assertThat(registry.problem(kept)).isEmpty();

    assertThat(run(LATER_STILL).segments().bytes()).isEqualTo(size);
    assertThat(registry.stored(old)).isFalse();
    assertThat(registry.problem(kept)).isEmpty();
    assertThat(registry.number("SELECT SUM(size_bytes) FROM segments")).isLessThan(size);
    assertThat(run(LATER_STILL)).as("nothing is left to do").isEqualTo(Figures.NOTHING);
  }

  @Test
  void anUploadThatMayGoOnKeepsWhatCameOfIt() {
    registry.sql("INSERT INTO recipes (tenant, created_at) VALUES ('default', 1), ('default', 1)");
    registry.sql(
        "INSERT INTO streamed_uploads (digest, tenant, principal, size_bytes, recipe_id, received,"
            + " expires_at) SELECT REPEAT('a', 32), 'default', 'anna', 10, MIN(id), 0, 1 FROM recipes");

    assertThat(run(NOW).recipes().count()).isEqualTo(1);
    assertThat(registry.count("recipes")).isEqualTo(1);
  }

  @Test
  void piecesOfASegmentThatWasCollectedAreRefusedAndMayBeSentAgain() {
    PieceIndex index = new StoredPieces(registry.database(), Clock.systemUTC());
    SegmentRef segment = new SegmentRef(Blake3.hash(new byte[] {1}), Optional.empty());
    index.announce(Tenant.DEFAULT, segment, 100);
    assertThat(run(LATER).condemned().count()).isEqualTo(1);
    List<PackedPiece> pieces =
        List.of(
            new PackedPiece(Blake3.hash(new byte[] {2}), 1, 64, 1, "raw", OptionalLong.empty(), 0));

    assertThatThrownBy(() -> index.packed(Tenant.DEFAULT, segment, pieces))
        .isInstanceOfSatisfying(
            GermlineException.class,
            refused -> assertThat(refused.fault()).isEqualTo(Fault.STORE_UNAVAILABLE));
    assertThat(run(LATER_STILL).segments().count()).isEqualTo(1);
    assertThatThrownBy(() -> index.packed(Tenant.DEFAULT, segment, pieces))
        .isInstanceOfSatisfying(
            GermlineException.class,
            refused -> assertThat(refused.fault()).isEqualTo(Fault.STORE_UNAVAILABLE));
    assertThat(registry.count("pieces")).isZero();
  }

  @Test
  void theAdminAsksForItOverTheApi() {
    assertThat(registry.anna().post("/api/v1/admin/collection", "").status()).isEqualTo(403);
    TestApp.As admin = registry.as("admin");
    TestApp.Answer begun = admin.send("POST", "/api/v1/admin/collection?dryRun=true", null);
    assertThat(begun.status()).as(begun.text()).isEqualTo(202);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            admin.get("/api/v1/admin/collection").json().get("state").asText().equals("DONE"));
    assertThat(admin.get("/api/v1/admin/collection").json().get("complete").asBoolean()).isTrue();
  }

  /**
   * Each writer has the clock so far behind the collector that all that is loose may go at once.
   */
  @Test
  void pushesBesideACollectionAreWholeOrRefused() throws Exception {
    int writers = 4;
    int pushes = 12;
    AtomicBoolean ended = new AtomicBoolean();
    Map<String, byte[]> acknowledged = new ConcurrentHashMap<>();
    List<CollectionReport> reports = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(writers + 1)) {
      Future<?> collecting =
          threads.submit(() -> {
            while (!ended.get()) {
              reports.add(registry.collection(LATER).run(false));
              reports.add(registry.collection(LATER_STILL).run(false));
            }
          });
      List<Callable<Void>> work = new ArrayList<>();
      for (int w = 0; w < writers; w++) {
        int writer = w;
        work.add(() -> {
          Random random = new Random(writer);
          for (int i = 0; i < pushes; i++) {
            byte[] file = Registry.model(random.nextLong(6), random.nextLong(6, 12), i);
            push("some/w%d-%d".formatted(writer, i), file, acknowledged, random);
          }
          return null;
        });
      }
      List<Future<Void>> written = threads.invokeAll(work);
      ended.set(true);
      for (Future<Void> one : written) {
        one.get();
      }
      collecting.get();
    }
    assertThat(reports).allSatisfy(report -> assertThat(report.failures()).isEmpty());
    System.out.printf(
        "%d of %d pushes published beside %d collections%n",
        acknowledged.size(), writers * pushes, reports.size());
    assertThat(acknowledged).isNotEmpty();
    assertThat(acknowledged.keySet())
        .allSatisfy(blake3 -> assertThat(registry.problem(blake3)).as(blake3).isEmpty());
    assertThat(registry.hashes("SELECT blake3 FROM blobs"))
        .allSatisfy(blob -> assertThat(registry.problem(blob.toHex())).isEmpty());
    run(LATER);
    run(LATER_STILL);
    assertThat(registry.objects()).allMatch(registry::stored);
    assertThat(registry.hashes("SELECT blake3 FROM blobs"))
        .allSatisfy(blob -> assertThat(registry.problem(blob.toHex())).isEmpty());
  }

  /**
   * Sends and publishes as a client does, again where it is told to; one in three not published.
   */
  private void push(String name, byte[] file, Map<String, byte[]> acknowledged, Random random) {
    boolean publish = random.nextInt(3) > 0;
    for (int attempt = 0; attempt < 20; attempt++) {
      TestApp.Answer sent = put(file);
      assertThat(sent.status()).as(sent.text()).isIn(200, 201, 404, 503);
      if (sent.status() > 201) {
        continue;
      }
      String blake3 = Blake3.hash(file).toHex();
      if (!publish) {
        return;
      }
      TestApp.Answer answer = registry.publish(name, blake3);
      // 404: it is collected while it is read, as nothing refers to it yet. WEIGHTS_DAMAGED: so is
      // the segment, for which a collector with its clock right leaves hours.
      assertThat(answer.status() == 500 ? answer.json().get("code").asText() : "known")
          .as(answer.text())
          .isIn("known", "WEIGHTS_DAMAGED");
      assertThat(answer.status()).as(answer.text()).isIn(201, 404, 500, 503);
      if (answer.status() == 201) {
        acknowledged.put(blake3, file);
        return;
      }
    }
  }

  private TestApp.Answer put(byte[] file) {
    return registry.anna().send("PUT", "/api/v1/blobs/" + Blake3.hash(file).toHex(), file);
  }

  /** As if the layers with this blob had never been. */
  private void unpublish(String blake3) {
    registry.sql("DELETE FROM layer_files WHERE HEX(blake3) = UPPER('" + blake3 + "')");
  }

  private Figures run(Duration later) {
    CollectionReport report = registry.collection(later).run(false);
    assertThat(report.complete()).as(report.toString()).isTrue();
    return report.gone();
  }
}
