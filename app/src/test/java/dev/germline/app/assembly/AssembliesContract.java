package dev.germline.app.assembly;

import static dev.germline.app.TestApp.unique;
import static dev.germline.app.http.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.TestApp;
import dev.germline.app.TestApp.Answer;
import dev.germline.app.TestApp.As;
import dev.germline.app.ledger.Ledger;
import dev.germline.core.Fault;
import dev.germline.core.assembly.LockFile;
import dev.germline.core.ledger.DeviceKey;
import dev.germline.core.ledger.ProofBundle;
import org.junit.jupiter.api.Test;

/** What assemblies promise over HTTP, on every SQL server they run on. */
abstract class AssembliesContract {
  private static final String ASSEMBLIES = "/api/v1/assemblies";

  private final TestApp app = server();
  private final As ada = app.as("ada");
  private final As bob = app.as("bob");
  private final String ns = unique("asm");

  /** The server of these tests. */
  abstract TestApp server();

  @Test
  void anAssemblyIsPublishedOncePinnedAndProved() {
    layer("base@1.0.0", "public", "MIT", "");
    layer("base@1.1.0", "public", "MIT", "");
    layer("tool@1.0.0", "public", "MIT", "");
    layer("tone@1.0.0", "public", "MIT", needs("tool"));
    String spec = spec("mia@1.0.0", "public", "base", "tone@^1.0.0");
    Answer first = ada.post(ASSEMBLIES, spec);
    assertThat(first.status()).as(first.text()).isEqualTo(201);
    JsonNode record = first.json().path("record");
    assertThat(record.path("layers").get(0).path("layer").asText()).isEqualTo(ns + "/base@1.1.0");
    assertThat(record.path("needs").get(0).path("layer").asText()).isEqualTo(ns + "/tool@1.0.0");
    assertThat(record.path("connections").get(0).path("type").asText()).isEqualTo("sequential");
    assertThat(record.path("examination").path("outcome").asText()).isEqualTo("pass");
    assertThat(first.json().path("verdict").path("outcome").asText()).isEqualTo("pass");

    long head = app.bean(Ledger.class).head().sequence();
    Answer again = ada.post(ASSEMBLIES, spec);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().path("digest")).isEqualTo(first.json().path("digest"));
    assertThat(app.bean(Ledger.class).head().sequence()).isEqualTo(head);
    assertProblem(
        ada.post(ASSEMBLIES, spec("mia@1.0.0", "public", "base")), 409, Fault.ASSEMBLY_EXISTS);
    assertProblem(bob.post(ASSEMBLIES, spec("mia@2.0.0", "public", "base")), 403, Fault.FORBIDDEN);

    Answer lock = bob.get(at("mia") + "/lock");
    LockFile locked = LockFile.parse(lock.body());
    assertThat(locked.layers())
        .extracting(one -> one.layer().layer().toString())
        .containsExactly(ns + "/base@1.1.0", ns + "/tone@1.0.0", ns + "/tool@1.0.0");
    Answer proof = bob.get(at("mia") + "/proof");
    assertThat(ProofBundle.verify(proof.body(), app.bean(DeviceKey.class).verifier()).toString())
        .startsWith("V");
    assertThat(bob.get(ASSEMBLIES + "?namespace=" + ns).json().path("items")).hasSize(1);
  }

  @Test
  void whatTheGateFailsIsRefused() {
    layer("gpl@1.0.0", "public", "GPL-3.0-only", "");
    layer("llama@1.0.0", "public", "LicenseRef-llama3", "");
    Answer refused = ada.post(ASSEMBLIES, spec("mix@1.0.0", "public", "gpl", "llama"));
    assertProblem(refused, 422, Fault.INCOMPATIBLE);
    assertThat(refused.text()).contains("LICENSE_INCOMPATIBLE");
    assertProblem(ada.get(at("mix")), 404, Fault.ASSEMBLY_NOT_FOUND);
  }

  @Test
  void whoMayNotSeeALayerMayNotSeeTheAssembly() {
    layer("open@1.0.0", "public", "MIT", "");
    layer("secret@1.0.0", "private", "MIT", "");
    assertThat(ada.post(ASSEMBLIES, spec("all@1.0.0", "public", "open", "secret")).status())
        .isEqualTo(201);
    assertThat(ada.post(ASSEMBLIES, spec("mine@1.0.0", "private", "open")).status()).isEqualTo(201);
    for (String hidden : new String[] {"all", "mine"}) {
      assertThat(ada.get(at(hidden)).status()).isEqualTo(200);
      assertThat(app.as("admin").get(at(hidden)).status()).isEqualTo(200);
      for (String path : new String[] {"", "/lock", "/proof", "/mergekit"}) {
        assertProblem(bob.get(at(hidden) + path), 404, Fault.ASSEMBLY_NOT_FOUND);
      }
    }
    assertThat(bob.get(ASSEMBLIES + "?namespace=" + ns).json().path("items")).isEmpty();
    assertProblem(
        bob.post(ASSEMBLIES, spec("steal@1.0.0", "public", "secret")), 404, Fault.LAYER_NOT_FOUND);
  }

  @Test
  void measurementsMakeAPrediction() {
    layer("one@1.0.0", "public", "MIT", "");
    layer("two@1.0.0", "public", "MIT", "");
    measure("one", 0.6);
    measure("two", 0.8);
    JsonNode record =
        ada.post(ASSEMBLIES, spec("pair@1.0.0", "public", "one", "two")).json().path("record");
    JsonNode prediction = record.path("examination").path("predictions").get(0);
    assertThat(prediction.path("task").asText()).isEqualTo("qa");
    assertThat(prediction.path("mean").asDouble()).isBetween(0.69, 0.71);
    assertThat(prediction.path("low").asDouble()).isLessThan(0.69);
    assertThat(prediction.path("high").asDouble()).isGreaterThan(0.71);
  }

  @Test
  void anImpactNamesTheAssembliesThatOneMaySee() {
    layer("core@1.0.0", "public", "MIT", "");
    layer("tone@1.0.0", "public", "MIT", needs("core"));
    layer("secret@1.0.0", "private", "MIT", "");
    publish(spec("direct@1.0.0", "public", "core"));
    publish(spec("through@1.0.0", "public", "tone"));
    publish(spec("mixed@1.0.0", "public", "core", "secret"));
    publish(spec("mine@1.0.0", "private", "core"));
    String impact = "/api/v1/layers/" + ns + "/core/1.0.0/impact";
    JsonNode bobs = bob.get(impact).json();
    assertThat(bobs.path("layers").asInt()).isEqualTo(1);
    assertThat(bobs.path("assemblies").asInt()).isEqualTo(2);
    assertThat(bobs.path("complete").asBoolean()).isTrue();
    // What a part needs is pinned by the assembly: it has both.
    assertThat(bobs.path("holding").findValuesAsText("assembly"))
        .containsExactly(ns + "/through@1.0.0", ns + "/direct@1.0.0");
    assertThat(bobs.path("holding").findValuesAsText("distance")).containsExactly("0", "0");
    assertThat(bobs.toString()).doesNotContain("mixed", "mine", "secret");
    assertProblem(
        bob.get("/api/v1/layers/" + ns + "/secret/1.0.0/impact"), 404, Fault.LAYER_NOT_FOUND);

    layer(
        "child@1.0.0",
        "public",
        "MIT",
        "",
        "\"training\",\"parents\":[{\"layer\":\""
            + ns
            + "/core@1.0.0\",\"evolutionType\":\"finetune\",\"confidence\":1}]");
    publish(spec("late@1.0.0", "public", "child"));
    Answer revoked =
        ada.post(
            "/api/v1/claims",
            "{\"kind\":\"STATUS\",\"subject\":{\"layer\":\"%s/core@1.0.0\"},\"status\":\"revoked\",\"reason\":\"so\"}"
                .formatted(ns));
    assertThat(revoked.status()).as(revoked.text()).isEqualTo(201);
    JsonNode hit = revoked.json().path("impact");
    assertThat(hit.path("assemblies").asInt()).isEqualTo(5);
    assertThat(hit.path("holding").findValuesAsText("assembly"))
        .containsExactly(
            ns + "/mine@1.0.0",
            ns + "/mixed@1.0.0",
            ns + "/through@1.0.0",
            ns + "/direct@1.0.0",
            ns + "/late@1.0.0");
    JsonNode late = hit.path("holding").get(4);
    assertThat(late.path("layer").asText()).isEqualTo(ns + "/child@1.0.0");
    assertThat(late.path("distance").asInt()).isEqualTo(1);
  }

  private void publish(String spec) {
    Answer answer = ada.post(ASSEMBLIES, spec);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
  }

  private void measure(String name, double value) {
    Answer answer =
        ada.post(
            "/api/v1/layers/" + ns + "/" + name + "/1.0.0/measurements",
            "{\"taskType\":\"qa\",\"metricType\":\"accuracy\",\"value\":" + value + "}");
    assertThat(answer.status()).as(answer.text()).isIn(200, 201);
  }

  private String at(String name) {
    return ASSEMBLIES + "/" + ns + "/" + name + "/1.0.0";
  }

  private String spec(String name, String visibility, String... layers) {
    StringBuilder parts = new StringBuilder();
    for (String layer : layers) {
      parts.append(parts.isEmpty() ? "" : ",").append("{\"layer\":\"%s/%s\"}".formatted(ns, layer));
    }
    return "{\"name\":\"%s/%s\",\"visibility\":\"%s\",\"layers\":[%s]}"
        .formatted(ns, name, visibility, parts);
  }

  private String needs(String name) {
    return """
    ,"dependencies":[{"layer":"%s/%s","versions":"*","dependencyType":"tool","strength":1,"required":true}]\
    """
        .formatted(ns, name);
  }

  private void layer(String name, String visibility, String license, String more) {
    layer(name, visibility, license, more, "\"training\"");
  }

  private void layer(String name, String visibility, String license, String more, String method) {
    Answer answer =
        ada.post(
            "/api/v1/layers",
            """
            {"type":"foundation","name":"%s/%s","provenance":{"method":%s},
             "sharing":{"visibility":"%s","license":{"spdx":"%s","commercialUse":true}},
             "baseModel":{"family":"custom","size":"small","contextWindow":512,"parameterCount":33},
             "pretraining":{"languages":["en"]}%s}\
            """
                .formatted(ns, name, method, visibility, license, more));
    assertThat(answer.status()).as(answer.text()).isIn(200, 201);
  }
}
