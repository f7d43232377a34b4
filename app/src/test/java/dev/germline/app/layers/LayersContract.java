package dev.germline.app.layers;

import static dev.germline.app.TestApp.unique;
import static dev.germline.app.http.ProblemAssert.assertProblem;
import static dev.germline.app.layers.Samples.foundation;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.TestApp;
import dev.germline.app.TestApp.Answer;
import dev.germline.app.TestApp.As;
import dev.germline.app.ledger.Ledger;
import dev.germline.core.Fault;
import dev.germline.core.ledger.DeviceKey;
import dev.germline.core.ledger.ProofBundle;
import dev.germline.core.merkle.Blake3;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the registry promises over HTTP, on every SQL server it runs on. */
abstract class LayersContract {
  private static final String LAYERS = "/api/v1/layers";

  private final TestApp app = server();
  private final As ada = app.as("ada");
  private final As bob = app.as("bob");

  /** The server of these tests. */
  abstract TestApp server();

  private final String ns = unique("ns");

  @Test
  void aPublishedLayerIsThereAsItWasSent() throws Exception {
    byte[] weights = Samples.safetensors(100);
    String blake3 = upload(weights);
    Answer answer =
        ada.post(
            LAYERS,
            foundation(ns + "/base@1.0.0")
                .file("model.safetensors", blake3)
                .file("sub/copy.safetensors", blake3)
                .member("\"description\":\"a base\"")
                .json());

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(Long.parseLong(String.valueOf(answer.header("ledger-sequence")))).isPositive();
    assertThat(answer.header("ledger-projected")).isEqualTo("true");
    JsonNode layer = answer.json();
    assertThat(layer.get("name").asText()).isEqualTo(ns + "/base@1.0.0");
    assertThat(layer.get("type").asText()).isEqualTo("foundation");
    assertThat(layer.get("record").get("provenance").get("creator").asText()).isEqualTo("ada");
    assertThat(layer.get("files")).hasSize(2);
    JsonNode file = layer.get("files").get(0);
    assertThat(file.get("format").asText()).isEqualTo("safetensors");
    assertThat(file.get("blake3").asText()).isEqualTo(blake3);
    assertThat(file.get("metadata").get("tensors").asText()).isEqualTo("1");
    String record = recordOf(answer);
    assertThat(Blake3.hash(record.getBytes(StandardCharsets.UTF_8)).toHex())
        .isEqualTo(layer.get("digest").asText());

    Answer read = bob.get(LAYERS + "/" + ns + "/base/1.0.0");
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.json()).isEqualTo(layer);
  }

  @Test
  void publishingTheSameAgainChangesNothing() {
    String json = foundation(ns + "/base@1.0.0").json();
    Answer first = ada.post(LAYERS, json);
    long head = app.bean(Ledger.class).head().sequence();
    Answer again = ada.post(LAYERS, json);

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(again.header("ledger-sequence")).isEqualTo(first.header("ledger-sequence"));
    assertThat(app.bean(Ledger.class).head().sequence()).isEqualTo(head);
  }

  @Test
  void aVersionIsNeverOverwritten() {
    publish(ada, foundation(ns + "/base@1.0.0"));
    assertProblem(
        ada.post(LAYERS, foundation(ns + "/base@1.0.0").member("\"description\":\"x\"").json()),
        409,
        Fault.LAYER_EXISTS);
  }

  @Test
  void manyPublishingTheSameAtOnceGetOneLayer() throws Exception {
    String json = foundation(ns + "/race@1.0.0").member("\"description\":\"same\"").json();
    String timed = json.replace("\"method\"", "\"createdAt\":\"2026-03-03T12:00:00Z\",\"method\"");
    List<Thread> threads = new ArrayList<>();
    List<Integer> statuses = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 8; i++) {
      threads.add(Thread.startVirtualThread(() -> statuses.add(ada.post(LAYERS, timed).status())));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(statuses).hasSize(8).containsOnly(200, 201).containsOnlyOnce(201);
  }

  @Test
  void onlyTheFounderAddsVersions() {
    publish(ada, foundation(ns + "/base@1.0.0"));
    assertProblem(bob.post(LAYERS, foundation(ns + "/base@2.0.0").json()), 403, Fault.FORBIDDEN);
    publish(app.as("admin"), foundation(ns + "/base@2.0.0"));
    assertProblem(
        bob.post(LAYERS, foundation(ns + "/other@1.0.0").creator("ada").json()),
        403,
        Fault.FORBIDDEN);
  }

  @Test
  void versionsAreListedNewestFirstBySemver() {
    for (String version : List.of("1.0.0", "1.10.0", "1.9.0", "2.0.0-rc.1")) {
      publish(ada, foundation(ns + "/base@" + version));
    }
    JsonNode items = bob.get(LAYERS + "/" + ns + "/base").json().get("items");
    assertThat(names(items))
        .containsExactly(
            ns + "/base@2.0.0-rc.1", ns + "/base@1.10.0", ns + "/base@1.9.0", ns + "/base@1.0.0");
    assertProblem(bob.get(LAYERS + "/" + ns + "/none"), 404, Fault.LAYER_NOT_FOUND);
  }

  @Test
  void listingsComeInPages() {
    for (int i = 0; i < 5; i++) {
      publish(ada, foundation(ns + "/l" + i + "@1.0.0"));
    }
    List<String> seen = new ArrayList<>();
    String cursor = "";
    int pages = 0;
    do {
      JsonNode page = bob.get(LAYERS + "?namespace=" + ns + "&limit=2" + cursor).json();
      seen.addAll(names(page.get("items")));
      cursor = page.has("nextCursor") ? "&cursor=" + page.get("nextCursor").asText() : "";
      pages++;
    } while (!cursor.isEmpty());
    assertThat(pages).isEqualTo(3);
    assertThat(seen)
        .containsExactly(
            ns + "/l4@1.0.0",
            ns + "/l3@1.0.0",
            ns + "/l2@1.0.0",
            ns + "/l1@1.0.0",
            ns + "/l0@1.0.0");
    assertThat(names(bob.get(LAYERS + "?namespace=" + ns + "&name=l3").json().get("items")))
        .containsExactly(ns + "/l3@1.0.0");
    assertThat(bob.get(LAYERS + "?namespace=" + ns + "&type=lora").json().get("items")).isEmpty();
    assertProblem(bob.get(LAYERS + "?limit=0"), 400, Fault.INVALID_REQUEST);
    assertProblem(bob.get(LAYERS + "?limit=many"), 400, Fault.INVALID_REQUEST);
    assertProblem(bob.get(LAYERS + "?cursor=7.x"), 400, Fault.INVALID_REQUEST);
  }

  @Test
  void filesDownloadWholeInRangesOrNotAtAll() {
    byte[] weights = Samples.safetensors(5000);
    String blake3 = upload(weights);
    publish(ada, foundation(ns + "/base@1.0.0").file("a b/mödel.safetensors", blake3));
    String path = LAYERS + "/" + ns + "/base/1.0.0/files/a%20b/m%C3%B6del.safetensors";
    String etag = "\"" + blake3 + "\"";

    Answer whole = bob.get(path);
    assertThat(whole.status()).as(whole.text()).isEqualTo(200);
    assertThat(whole.body()).isEqualTo(weights);
    assertThat(whole.header("etag")).isEqualTo(etag);
    assertThat(whole.header("content-length")).isEqualTo(Integer.toString(weights.length));
    assertThat(whole.header("accept-ranges")).isEqualTo("bytes");
    assertThat(whole.header("x-content-type-options")).isEqualTo("nosniff");

    Answer part = bob.get(path, "Range", "bytes=100-199");
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(weights, 100, 200));
    assertThat(part.header("content-range")).isEqualTo("bytes 100-199/" + weights.length);
    assertThat(part.header("content-length")).isEqualTo("100");

    Answer outside = bob.get(path, "Range", "bytes=999999-");
    assertThat(outside.status()).isEqualTo(416);
    assertThat(outside.header("content-range")).isEqualTo("bytes */" + weights.length);

    assertThat(bob.get(path, "If-None-Match", etag).status()).isEqualTo(304);
    assertThat(bob.get(path, "Range", "bytes=0-0", "If-Range", "\"other\"").status())
        .isEqualTo(200);

    Answer head = bob.send("HEAD", path, null);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.header("content-length")).isEqualTo(Integer.toString(weights.length));
    assertThat(head.header("etag")).isEqualTo(etag);

    assertProblem(
        bob.get(LAYERS + "/" + ns + "/base/1.0.0/files/none.bin"), 404, Fault.FILE_NOT_FOUND);
  }

  @ParameterizedTest
  @CsvSource({
    "public, true, true",
    "organization, true, true",
    "private, false, false",
    "whitelist, true, false"
  })
  void aLayerIsThereForWhoMaySeeItOnly(String visibility, boolean bobSees, boolean cySees) {
    String blake3 = upload(unique("content").getBytes(StandardCharsets.UTF_8));
    Samples.Draft draft = foundation(ns + "/base@1.0.0").file("f.bin", blake3);
    publish(
        ada,
        visibility.equals("whitelist")
            ? draft.visibility(visibility, "bob")
            : draft.visibility(visibility));
    sees(ada, true);
    sees(app.as("admin"), true);
    sees(bob, bobSees);
    sees(app.as("cy"), cySees);
  }

  private void sees(As caller, boolean visible) {
    String layer = LAYERS + "/" + ns + "/base/1.0.0";
    int status = visible ? 200 : 404;
    for (String path :
        List.of(
            layer,
            layer + "/files/f.bin",
            layer + "/proof",
            layer + "/ancestors",
            layer + "/descendants",
            layer + "/edges",
            LAYERS + "/" + ns + "/base")) {
      assertThat(caller.get(path).status()).as(path).isEqualTo(status);
    }
    assertThat(caller.post(layer + "/usage", "{\"sessionId\":\"s\"}").status())
        .isEqualTo(visible ? 201 : 404);
    assertThat(caller.get(LAYERS + "?namespace=" + ns).json().get("items"))
        .hasSize(visible ? 1 : 0);
  }

  @Test
  void aLayerProvesItselfOffline() {
    publish(ada, foundation(ns + "/base@1.0.0"));
    Answer proof = bob.get(LAYERS + "/" + ns + "/base/1.0.0/proof");
    assertThat(proof.status()).as(proof.text()).isEqualTo(200);
    assertThat(ProofBundle.verify(proof.body(), app.bean(DeviceKey.class).verifier()))
        .isInstanceOf(ProofBundle.Outcome.class)
        .extracting(Object::toString)
        .asString()
        .startsWith("V");
  }

  private String upload(byte[] bytes) {
    return ada.upload(bytes);
  }

  private static Answer publish(As caller, Samples.Draft draft) {
    Answer answer = caller.post(LAYERS, draft.json());
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer;
  }

  private static List<String> names(JsonNode items) {
    List<String> names = new ArrayList<>();
    items.forEach(item -> names.add(item.get("name").asText()));
    return names;
  }

  /** The record as it stands in the answer, byte for byte. */
  private static String recordOf(Answer answer) {
    String text = answer.text();
    int start = text.indexOf("\"record\":") + "\"record\":".length();
    return text.substring(start, text.indexOf(",\"files\":[{\"path\"", start));
  }
}
