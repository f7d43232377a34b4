package dev.germline.app.layers;

import static dev.germline.app.TestApp.unique;
import static dev.germline.app.http.ProblemAssert.assertProblem;
import static dev.germline.app.layers.Samples.foundation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.TestApp;
import dev.germline.app.TestApp.Answer;
import dev.germline.app.TestApp.As;
import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.app.sql.Database;
import dev.germline.core.Fault;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.EntityId;
import dev.germline.core.weights.Tenant;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What layers have in common: the store's room, and perhaps a parent. On every SQL server. */
abstract class SharedWeightsContract {
  private static final AtomicLong SEED = new AtomicLong(1);
  private static final int COUNT = 400_000;

  private final TestApp app = server();
  private final As ada = app.as("ada");
  private final As bob = app.as("bob");
  private final As admin = app.as("admin");
  private final String ns = unique("ns");

  /** The server of these tests. */
  abstract TestApp server();

  private static byte[] model(byte[] first, byte[] second) {
    // Else the headers of all models would be one piece that they share.
    byte[] own = ByteBuffer.allocate(Long.BYTES).putLong(SEED.getAndIncrement()).array();
    return new ModelFile()
        .tensor("own", "U8", "[8]", own)
        .tensor("first.weight", "F32", "[400,1000]", first)
        .tensor("second.weight", "F32", "[1000,400]", second)
        .bytes();
  }

  private static byte[] weights() {
    return ModelFile.weights(COUNT, SEED.getAndIncrement());
  }

  private static byte[] tuned(byte[] weights) {
    return ModelFile.tuned(weights, SEED.getAndIncrement());
  }

  private void publish(As who, String name, String visibility, String blake3, String... parents) {
    Samples.Draft draft =
        foundation(ns + "/" + name + "@1.0.0")
            .visibility(visibility)
            .file("model.safetensors", blake3);
    for (String parent : parents) {
      draft.parent(parent);
    }
    Answer answer = who.post("/api/v1/layers", draft.json());
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
  }

  private static String uploadWithParent(As who, byte[] bytes, String parent) {
    String blake3 = Blake3.hash(bytes).toHex();
    Answer answer =
        who.send(
            "PUT", "/api/v1/blobs/" + blake3 + "?path=model.safetensors&parent=" + parent, bytes);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return blake3;
  }

  private JsonNode storage(As who, String name) {
    Answer answer = who.get("/api/v1/layers/" + ns + "/" + name + "/1.0.0/storage");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private static long bytes(JsonNode storage, String member) {
    return storage.get(member).asLong();
  }

  @Test
  void aLayerMayBePreloadedByWhoMaySeeIt() {
    publish(ada, "hidden", "private", ada.upload(model(weights(), weights())));
    String path = "/api/v1/layers/" + ns + "/hidden/1.0.0/preload";
    Answer preloaded = ada.post(path, "");
    assertThat(preloaded.status()).as(preloaded.text()).isEqualTo(200);
    assertThat(bytes(preloaded.json(), "cachedBytes")).as("no cache here").isZero();
    assertProblem(bob.post(path, ""), 404, Fault.LAYER_NOT_FOUND);
  }

  @Test
  void aLayerAloneOwnsAllOfItsBytes() {
    byte[] file = model(weights(), weights());
    publish(ada, "lone", "public", ada.upload(file));
    JsonNode storage = storage(bob, "lone");
    assertThat(bytes(storage, "rawBytes")).isEqualTo(file.length);
    assertThat(bytes(storage, "distinctBytes")).isEqualTo(file.length);
    assertThat(bytes(storage, "storedBytes")).isBetween(1L, (long) file.length);
    assertThat(bytes(storage, "ownBytes")).isEqualTo(bytes(storage, "storedBytes"));
    assertThat(bytes(storage, "sharedBytes")).isZero();
    assertThat(bytes(storage, "aloneBytes")).isEqualTo(bytes(storage, "storedBytes"));
    assertThat(storage.get("saved").asDouble())
        .isCloseTo(1 - (double) bytes(storage, "storedBytes") / file.length, within(1e-9));
    assertThat(storage.get("depths")).hasSize(1);
    long pieces = 0;
    long stored = 0;
    for (JsonNode use : storage.get("encodings")) {
      pieces += use.get("pieces").asLong();
      stored += use.get("storedBytes").asLong();
    }
    assertThat(pieces).isEqualTo(storage.get("depths").get(0).asLong()).isEqualTo(3);
    assertThat(stored).isEqualTo(bytes(storage, "storedBytes"));
  }

  @Test
  void whatIsThereTwiceCountsOnce() {
    byte[] same = weights();
    byte[] file = model(same, same);
    String blake3 = ada.upload(file);
    Answer answer =
        ada.post(
            "/api/v1/layers",
            foundation(ns + "/twice@1.0.0")
                .file("a.safetensors", blake3)
                .file("b.safetensors", blake3)
                .file("c.safetensors", ada.upload(model(same, weights())))
                .json());
    assertThat(answer.status()).isEqualTo(201);
    JsonNode storage = storage(ada, "twice");
    assertThat(bytes(storage, "rawBytes")).isEqualTo(3L * file.length);
    assertThat(bytes(storage, "distinctBytes"))
        .isBetween(2L * same.length, 2L * same.length + 1000);
    assertThat(bytes(storage, "sharedBytes")).isZero();
  }

  @Test
  void sharingIsCountedAmongLayersThatTheReaderSees() {
    byte[] same = weights();
    publish(bob, "open", "public", bob.upload(model(same, weights())));
    publish(ada, "hidden", "private", ada.upload(model(same, weights())));

    JsonNode toBob = storage(bob, "open");
    assertThat(bytes(toBob, "sharedBytes")).isZero();
    JsonNode toAda = storage(ada, "open");
    assertThat(bytes(toAda, "sharedBytes")).isPositive();
    assertThat(bytes(toAda, "ownBytes") + bytes(toAda, "sharedBytes"))
        .isEqualTo(bytes(toBob, "storedBytes"));
    assertThat(bytes(storage(admin, "open"), "sharedBytes")).isEqualTo(bytes(toAda, "sharedBytes"));
    assertProblem(
        bob.get("/api/v1/layers/" + ns + "/hidden/1.0.0/storage"), 404, Fault.LAYER_NOT_FOUND);
  }

  @Test
  void aChildTakesLittleBesideItsParentAndMoreAlone() {
    byte[] first = weights();
    byte[] second = weights();
    publish(ada, "parent", "private", ada.upload(model(first, second)));
    String parent = ns + "/parent@1.0.0";
    byte[] child = model(tuned(first), second);
    publish(ada, "child", "public", uploadWithParent(ada, child, parent), parent);

    JsonNode storage = storage(ada, "child");
    JsonNode parents = storage(ada, "parent");
    assertThat(storage.get("depths")).hasSize(2);
    assertThat(storage.get("encodings").toString()).contains("delta");
    assertThat(bytes(storage, "sharedBytes")).isPositive();
    assertThat(bytes(storage, "ownBytes")).isLessThan(first.length * 3L / 4);
    assertThat(bytes(storage, "aloneBytes"))
        .isGreaterThan(bytes(storage, "storedBytes"))
        .isLessThanOrEqualTo(bytes(parents, "storedBytes") + bytes(storage, "storedBytes"));

    JsonNode toBob = storage(bob, "child");
    assertThat(toBob.has("aloneBytes")).isFalse();
    assertThat(bytes(toBob, "sharedBytes")).isZero();
    assertThat(bytes(toBob, "storedBytes")).isEqualTo(bytes(storage, "storedBytes"));
  }

  @Test
  void allThatIsStoredCountsWhatTheReaderSees() {
    byte[] same = weights();
    publish(ada, "one", "public", ada.upload(model(same, weights())));
    JsonNode toBob = bob.get("/api/v1/storage").json();
    JsonNode toAdmin = admin.get("/api/v1/storage").json();
    byte[] file = model(same, weights());
    publish(ada, "two", "private", ada.upload(file));

    assertThat(bob.get("/api/v1/storage").json()).isEqualTo(toBob);
    assertThat(toBob.has("objects")).isFalse();
    JsonNode after = admin.get("/api/v1/storage").json();
    assertThat(bytes(after, "layers")).isEqualTo(bytes(toAdmin, "layers") + 1);
    assertThat(bytes(after, "rawBytes")).isEqualTo(bytes(toAdmin, "rawBytes") + file.length);
    assertThat(bytes(after, "distinctBytes"))
        .isEqualTo(bytes(toAdmin, "distinctBytes") + file.length - same.length);
    assertThat(bytes(after, "storedBytes"))
        .isGreaterThan(bytes(toAdmin, "storedBytes"))
        .isLessThan(bytes(toAdmin, "storedBytes") + file.length - same.length);
    JsonNode objects = after.get("objects");
    assertThat(bytes(objects, "segments")).isPositive();
    assertThat(
            bytes(after, "storedBytes")
                + bytes(objects, "unpublishedBytes")
                + bytes(objects, "deadBytes"))
        .isEqualTo(bytes(objects, "segmentBytes"));
    assertThat(app.anonymous().get("/api/v1/storage").status()).isEqualTo(401);
  }

  private JsonNode suggested(As who, String name) {
    Answer answer = who.get("/api/v1/layers/" + ns + "/" + name + "/1.0.0/suggested-parents");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().get("items");
  }

  /** Of a shape that only the models of one test have. */
  private static byte[] shaped(String shape, byte[] weights) {
    return new ModelFile().tensor("only.weight", "F32", shape, weights).bytes();
  }

  @Test
  void aParentIsSuggestedByTheWeightsAndNothingIsClaimed() {
    byte[] base = weights();
    publish(ada, "unrelated", "public", ada.upload(shaped("[2,200000]", weights())));
    publish(ada, "base", "public", ada.upload(shaped("[2,200000]", base)));
    publish(ada, "secret", "private", ada.upload(shaped("[2,200000]", tuned(base))));
    publish(ada, "shape", "public", ada.upload(shaped("[200000,2]", base)));
    publish(bob, "tuned", "public", bob.upload(shaped("[2,200000]", tuned(base))));
    publish(ada, "later", "public", ada.upload(shaped("[2,200000]", tuned(base))));

    JsonNode items = suggested(bob, "tuned");
    assertThat(items).hasSize(1);
    assertThat(items.get(0).get("layer").asText()).isEqualTo(ns + "/base@1.0.0");
    assertThat(items.get(0).get("similarity").asDouble()).isBetween(0.95, 0.9999);
    JsonNode toAda = suggested(ada, "tuned");
    assertThat(toAda).hasSize(2);
    assertThat(toAda.get(0)).isEqualTo(items.get(0));
    assertThat(suggested(bob, "unrelated")).isEmpty();
    assertThat(suggested(bob, "shape")).isEmpty();
    assertThat(
            bob.get("/api/v1/layers/" + ns + "/tuned/1.0.0")
                .json()
                .at("/record/provenance/parents"))
        .isEmpty();
    assertProblem(
        bob.get("/api/v1/layers/" + ns + "/secret/1.0.0/suggested-parents"),
        404,
        Fault.LAYER_NOT_FOUND);
  }

  @Test
  void aLayerWithoutFloatsGetsNoSuggestion() {
    publish(ada, "bytes", "public", ada.upload(Samples.safetensors(5000)));
    assertThat(suggested(bob, "bytes")).isEmpty();
  }

  @Test
  void piecesAreAddedUpByIndexesOnly() {
    ModelFile file = new ModelFile();
    for (int i = 0; i < 2000; i++) {
      file.tensor("t" + i, "U8", "[512]", ModelFile.weights(128, SEED.getAndIncrement()));
    }
    publish(ada, "many", "public", ada.upload(file.bytes()));
    Database database = app.bean(Database.class);
    Caller caller = new Caller("ada", Role.USER, Tenant.DEFAULT);
    List<String> statements = new ArrayList<>();
    database.read(connection -> {
      Connection noting = Plans.noting(connection, statements);
      long recipe = Plans.number(connection, "SELECT MAX(recipe_id) FROM blobs");
      List<Long> recipes = List.of(recipe, recipe - 1);
      StorageRows.sharing(noting, recipe, 0, 1 << 20);
      StorageRows.sharingBases(noting, recipes);
      StorageRows.visible(noting, recipes, Optional.of(EntityId.of(new byte[16])), caller);
      StorageRows.ofLayer(noting, recipe, 0, 1 << 20, recipes, recipes);
      StorageRows.bases(noting, recipes, recipes);
      return statements;
    });
    assertThat(statements).hasSize(5);
    database.read(connection -> {
      Plans.analyze(connection, "pieces", "recipe_pieces", "recipes", "blobs");
      for (String statement : statements) {
        assertThat(Plans.scanned(connection, statement))
            .as(statement)
            .doesNotContain("r", "o", "e", "p");
      }
      return statements;
    });
  }
}
