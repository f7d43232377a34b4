package dev.germline.app.lineage;

import static dev.germline.app.TestApp.unique;
import static dev.germline.app.http.ProblemAssert.assertProblem;
import static dev.germline.app.layers.Samples.foundation;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.TestApp;
import dev.germline.app.TestApp.Answer;
import dev.germline.app.TestApp.As;
import dev.germline.app.layers.Samples;
import dev.germline.core.Fault;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What the lineage of layers promises, on every SQL server the registry runs on. */
abstract class LineageContract {
  private static final String LAYERS = "/api/v1/layers";
  private static final String CLAIMS = "/api/v1/claims";
  private static final String QUESTIONS = "/api/v1/lineage";

  private final TestApp app = server();
  private final As ada = app.as("ada");
  private final As bob = app.as("bob");
  private final String ns = unique("ns");

  /** The server to ask; started once for all tests of a class. */
  abstract TestApp server();

  @Test
  void ancestorsAndDescendantsStopAtTheRequestedDepth() {
    publish(foundation(name("a")));
    publish(foundation(name("b")).parent(name("a")));
    publish(foundation(name("c")).parent(name("b")));

    JsonNode all = bob.get(path("c") + "/ancestors").json();
    assertThat(all.get("root").get("name").asText()).isEqualTo(name("c"));
    assertThat(names(all.get("nodes"))).containsExactly(name("b"), name("a"));
    assertThat(all.get("nodes").get(1).get("depth").asInt()).isEqualTo(2);
    assertThat(all.get("edges")).hasSize(2);
    JsonNode edge = all.get("edges").get(0);
    assertThat(edge.get("type").asText()).isEqualTo("EVOLVED_FROM");
    assertThat(edge.get("claim").asText()).hasSize(36);
    assertThat(edge.get("properties").get("evolutionType").asText()).isEqualTo("finetune");

    assertThat(names(bob.get(path("c") + "/ancestors?depth=1").json().get("nodes")))
        .containsExactly(name("b"));
    assertThat(names(bob.get(path("a") + "/descendants").json().get("nodes")))
        .containsExactly(name("b"), name("c"));
    assertProblem(bob.get(path("a") + "/descendants?depth=0"), 400, Fault.INVALID_REQUEST);
    assertProblem(bob.get(path("a") + "/descendants?depth=65"), 400, Fault.INVALID_REQUEST);
  }

  @Test
  void aLayerIsSeenInTheLineageByWhoMaySeeItOnly() {
    publish(foundation(name("a")));
    publish(foundation(name("hidden")).parent(name("a")).visibility("private"));
    publish(foundation(name("c")).parent(name("hidden")));

    assertThat(names(ada.get(path("a") + "/descendants").json().get("nodes")))
        .containsExactly(name("hidden"), name("c"));
    for (String question : List.of("/descendants", "/ancestors", "/edges")) {
      assertThat(bob.get(path("a") + question).text()).doesNotContain("hidden");
      assertThat(bob.get(path("c") + question).text()).doesNotContain("hidden");
    }
  }

  @Test
  void dependenciesResolveToTheBestPublishedVersion() {
    publish(foundation(name("a", "1.0.0")));
    publish(foundation(name("a", "1.2.0")));
    publish(foundation(name("a", "2.0.0")));
    publish(
        foundation(name("b"))
            .member(
                "\"dependencies\":[{\"layer\":\"%s/a\",\"versions\":\"^1.0.0\",\"dependencyType\":\"base-model\",\"strength\":1,\"required\":true}]"
                    .formatted(ns)));
    JsonNode edges = bob.get(path("b") + "/edges").json().get("items");
    assertThat(edges).hasSize(1);
    assertThat(edges.get(0).get("type").asText()).isEqualTo("DEPENDS_ON");
    assertThat(edges.get(0).get("to").asText()).isEqualTo(name("a", "1.2.0"));
  }

  @Test
  void claimsMayBeMadeLaterAndOnlyOnce() {
    publish(foundation(name("a")));
    publish(foundation(name("b")));
    String claim = synergy(name("a"), name("b"), ",\"assertedAt\":\"2026-03-03T12:00:00Z\"");
    Answer stated = bob.post(CLAIMS, claim);
    assertThat(stated.status()).as(stated.text()).isEqualTo(201);
    assertThat(stated.json().get("record").get("assertedBy").asText()).isEqualTo("bob");
    assertThat(bob.post(CLAIMS, claim).status()).isEqualTo(200);

    JsonNode edges = ada.get(path("a") + "/edges").json().get("items");
    assertThat(edges).hasSize(1);
    assertThat(edges.get(0).get("claim")).isEqualTo(stated.json().get("id"));
    assertThat(edges.get(0).get("properties").get("synergyStrength").asDouble()).isEqualTo(0.5);
  }

  @Test
  void aClaimThatClosesACircleIsRefused() {
    publish(foundation(name("a")));
    publish(foundation(name("b")).parent(name("a")));
    publish(foundation(name("c")).parent(name("b")));
    assertProblem(ada.post(CLAIMS, evolved(name("a"), name("c"))), 409, Fault.LINEAGE_CYCLE);
    assertProblem(ada.post(CLAIMS, evolved(name("a"), name("a"))), 409, Fault.LINEAGE_CYCLE);
    assertThat(bob.get(path("a") + "/ancestors").json().get("nodes")).isEmpty();
    assertThat(ada.post(CLAIMS, evolved(name("c"), name("a"))).status()).isEqualTo(201);
  }

  @Test
  void ofClaimsMadeAtOnceNoneClosesACircle() throws Exception {
    for (int round = 0; round < 4; round++) {
      List<String> ring = List.of(name("x" + round), name("y" + round), name("z" + round));
      ring.forEach(layer -> publish(foundation(layer)));
      List<Future<Integer>> answers = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < ring.size(); i++) {
          String claim = evolved(ring.get(i), ring.get((i + 1) % ring.size()));
          answers.add(threads.submit(() -> ada.post(CLAIMS, claim).status()));
        }
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> answer : answers) {
        statuses.add(answer.get());
      }
      assertThat(statuses).containsExactlyInAnyOrder(201, 201, 409);
    }
  }

  @Test
  void whereALayerComesFromIsItsCreatorsToSay() {
    publish(foundation(name("a")));
    publish(foundation(name("b")));
    assertProblem(bob.post(CLAIMS, evolved(name("b"), name("a"))), 403, Fault.FORBIDDEN);
    assertProblem(
        bob.post(CLAIMS, synergy(name("a"), name("b"), ",\"assertedBy\":\"ada\"")),
        403,
        Fault.FORBIDDEN);
    assertThat(app.as("admin").post(CLAIMS, evolved(name("b"), name("a"))).status()).isEqualTo(201);
  }

  @Test
  void brokenClaimsAreRefused() {
    publish(foundation(name("a")));
    assertProblem(bob.post(CLAIMS, "{"), 400, Fault.MALFORMED_JSON);
    assertProblem(bob.post(CLAIMS, "{\"kind\":\"LIKES\"}"), 422, Fault.INVALID_CLAIM);
    assertProblem(
        bob.post(CLAIMS, synergy(name("a"), name("none"), "")), 422, Fault.REFERENCE_NOT_FOUND);
    assertProblem(
        bob.post(
            CLAIMS,
            synergy(name("a"), name("a"), "")
                .replace("\"}}", "\",\"digest\":\"" + "ab".repeat(32) + "\"}}")),
        422,
        Fault.INVALID_CLAIM);
  }

  @Test
  void questionsAboutOneLayer() {
    family();
    JsonNode siblings = bob.get(path("c") + "/siblings").json().get("items");
    assertThat(siblings).hasSize(1);
    assertThat(siblings.get(0).get("layer").get("name").asText()).isEqualTo(name("d"));
    assertThat(siblings.get(0).get("parents").get(0).asText()).isEqualTo(name("b"));

    JsonNode blast = bob.get(path("a") + "/blast?limit=2").json();
    assertThat(blast.get("total").asInt()).isEqualTo(3);
    assertThat(blast.get("items")).hasSize(2);
    assertThat(blast.get("nextOffset").asInt()).isEqualTo(2);
    assertThat(blast.get("items").get(0).get("required").asBoolean()).isTrue();
    assertThat(bob.get(path("a") + "/blast?offset=2").json().get("items")).hasSize(1);
    assertProblem(bob.get(path("a") + "/blast?limit=0"), 400, Fault.INVALID_REQUEST);

    JsonNode pins = bob.get(path("c") + "/pins").json();
    assertThat(pins.get("sound").asBoolean()).isTrue();
    assertThat(pins.get("items").get(0).get("layer").asText()).isEqualTo(name("b"));
    assertThat(pins.get("items").get(0).get("status").asText()).isEqualTo("active");
    JsonNode up = bob.get(path("c") + "/ancestors").json();
    assertThat(up.get("root").get("status").asText()).isEqualTo("active");
    assertThat(up.get("nodes").get(0).get("status").asText()).isEqualTo("active");
  }

  @Test
  void aParentThatWasRevokedIsFlagged() {
    family();
    Answer revoked =
        app.as("admin")
            .post(
                CLAIMS,
                """
                {"kind":"STATUS","subject":{"layer":"%s"},"status":"revoked","reason":"leaks"}\
                """
                    .formatted(name("b")));
    assertThat(revoked.status()).as(revoked.text()).isEqualTo(201);
    JsonNode pins = bob.get(path("c") + "/pins").json();
    assertThat(pins.get("sound").asBoolean()).isFalse();
    assertThat(pins.get("items").get(0).get("status").asText()).isEqualTo("revoked");
    JsonNode up = bob.get(path("c") + "/ancestors").json().get("nodes");
    assertThat(up.get(0).get("status").asText()).isEqualTo("revoked");
    assertThat(up.get(1).get("status").asText()).isEqualTo("active");
    assertThat(bob.get(path("c") + "/lineage?format=dot").text()).contains("revoked", "red");
  }

  @Test
  void questionsAboutSeveralLayers() {
    family();
    JsonNode way = bob.get(QUESTIONS + "/path?from=" + name("c") + "&to=" + name("d")).json();
    assertThat(way.get("found").asBoolean()).isTrue();
    assertThat(namesOf(way.get("layers"))).containsExactly(name("c"), name("b"), name("d"));
    publish(foundation(name("lonely")));
    assertThat(
            bob.get(QUESTIONS + "/path?from=" + name("c") + "&to=" + name("lonely"))
                .json()
                .get("found")
                .asBoolean())
        .isFalse();

    JsonNode common =
        bob.get(QUESTIONS + "/common-ancestors?layer=" + name("c") + "&layer=" + name("d"))
            .json()
            .get("items");
    assertThat(common.get(0).get("layer").get("name").asText()).isEqualTo(name("b"));
    assertThat(common.get(0).get("nearest").asBoolean()).isTrue();
    assertThat(common.get(0).get("steps").get(name("c")).asInt()).isEqualTo(1);
    assertThat(common.get(1).get("nearest").asBoolean()).isFalse();
    assertProblem(
        bob.get(QUESTIONS + "/common-ancestors?layer=" + name("c")), 400, Fault.INVALID_REQUEST);

    JsonNode ends = bob.get(QUESTIONS + "/dead-ends?namespace=" + ns + "&limit=2").json();
    assertThat(ends.get("items")).hasSize(2);
    String next = ends.get("nextAfter").asText();
    JsonNode rest =
        bob.get(QUESTIONS + "/dead-ends?namespace=" + ns + "&limit=2&after=" + next).json();
    assertThat(rest.get("items")).hasSize(1);
    assertThat(rest.get("items").get(0).get("layer").get("name").asText())
        .isEqualTo(name("lonely"));
    assertThat(bob.post(path("lonely") + "/usage", "{\"sessionId\":\"s\"}").status())
        .isEqualTo(201);
    String unused = QUESTIONS + "/dead-ends?namespace=" + ns + "&unusedSince=";
    JsonNode idle = bob.get(unused + "2020-01-01T00:00:00Z").json();
    assertThat(idle.get("items")).hasSize(2);
    assertThat(idle.toString()).doesNotContain(name("lonely"));
    assertThat(bob.get(unused + "2120-01-01T00:00:00Z").json().get("items")).hasSize(3);
    // A page is filled with what comes behind those that are left out.
    for (String used : List.of("aaa", "aab", "aac")) {
      publish(foundation(name(used)));
      assertThat(bob.post(path(used) + "/usage", "{\"sessionId\":\"s\"}").status()).isEqualTo(201);
    }
    JsonNode full = bob.get(unused + "2020-01-01T00:00:00Z&limit=1").json();
    assertThat(full.get("items")).hasSize(1);
    assertThat(full.at("/items/0/layer/name")).isEqualTo(idle.at("/items/0/layer/name"));
  }

  @Test
  void aHiddenLayerShowsInNoQuestion() {
    publish(foundation(name("a")));
    publish(foundation(name("hidden")).parent(name("a")).visibility("private"));
    publish(foundation(name("c")).parent(name("hidden")));
    publish(foundation(name("d")).parent(name("hidden")));
    for (String question :
        List.of(
            path("a") + "/blast",
            path("a") + "/lineage",
            path("a") + "/lineage?format=dot",
            path("a") + "/lineage?format=graphml",
            path("a") + "/lineage?format=prov",
            path("c") + "/siblings",
            path("c") + "/lineage",
            QUESTIONS + "/path?from=" + name("a") + "&to=" + name("c"),
            QUESTIONS + "/common-ancestors?layer=" + name("c") + "&layer=" + name("d"),
            QUESTIONS + "/dead-ends?namespace=" + ns)) {
      Answer answer = bob.get(question);
      assertThat(answer.status()).as(question + " " + answer.text()).isEqualTo(200);
      assertThat(answer.text()).as(question).doesNotContain("hidden");
    }
    for (String question :
        List.of(
            path("hidden") + "/siblings",
            path("hidden") + "/blast",
            path("hidden") + "/pins",
            path("hidden") + "/lineage",
            QUESTIONS + "/path?from=" + name("a") + "&to=" + name("hidden"),
            QUESTIONS + "/common-ancestors?layer=" + name("c") + "&layer=" + name("hidden"),
            QUESTIONS + "/diff?from=" + name("a") + "&to=" + name("hidden"))) {
      assertProblem(bob.get(question), 404, Fault.LAYER_NOT_FOUND);
    }
    assertThat(ada.get(path("a") + "/blast").json().get("total").asInt()).isEqualTo(3);
    // The record of c says what it was made from; whether that is there is not said.
    JsonNode pins = bob.get(path("c") + "/pins").json();
    assertThat(pins.get("sound").asBoolean()).isFalse();
    assertThat(pins.get("items").get(0).get("status").asText()).isEqualTo("unknown");
  }

  @Test
  void aLineageCanBeLookedBackTo() {
    publish(foundation(name("a")));
    publish(foundation(name("b")));
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    while (!Instant.now().truncatedTo(ChronoUnit.MILLIS).isAfter(before)) {
      Thread.onSpinWait(); // the claim is to come later, by a record's clock
    }
    assertThat(ada.post(CLAIMS, evolved(name("b"), name("a"))).status()).isEqualTo(201);
    assertThat(bob.get(path("b") + "/ancestors").json().get("nodes")).hasSize(1);
    assertThat(bob.get(path("b") + "/ancestors?asOf=" + before).json().get("nodes")).isEmpty();
    assertProblem(
        bob.get(path("b") + "/ancestors?asOf=2000-01-01T00:00:00Z"), 404, Fault.LAYER_NOT_FOUND);
    assertProblem(bob.get(path("b") + "/ancestors?asOf=yesterday"), 400, Fault.INVALID_REQUEST);
  }

  @Test
  void aDiffSaysWhatWasAddedTakenAwayAndChanged() {
    publish(foundation(name("a")).member("\"description\":\"first\""));
    publish(foundation(name("b")).parent(name("a")).member("\"description\":\"second\""));
    JsonNode diff = bob.get(QUESTIONS + "/diff?from=" + name("a") + "&to=" + name("b")).json();
    List<String> paths = new ArrayList<>();
    diff.get("metadata").forEach(value -> paths.add(value.get("path").asText()));
    assertThat(paths).contains("/description", "/name", "/provenance/parents");
    assertThat(diff.get("tensors").get("same").asInt()).isZero();
    assertThat(diff.get("metrics")).isEmpty();
  }

  @Test
  void aLineageIsExportedInEveryFormat() {
    family();
    Answer json = bob.get(path("b") + "/lineage");
    assertThat(json.header("content-type")).startsWith("application/json");
    assertThat(names(json.json().get("nodes")))
        .containsExactlyInAnyOrder(name("a"), name("c"), name("d"));
    assertThat(json.json().get("edges")).hasSize(3);
    Answer prov = bob.get(path("b") + "/lineage?format=prov");
    assertThat(prov.header("content-type")).startsWith("application/prov+json");
    assertThat(prov.json().get("entity")).hasSize(4);
    assertThat(prov.json().get("wasDerivedFrom")).hasSize(3);
    assertThat(bob.get(path("b") + "/lineage?format=graphml").text()).endsWith("</graphml>\n");
    assertThat(bob.get(path("b") + "/lineage?format=dot").text()).contains("->");
    assertProblem(bob.get(path("b") + "/lineage?format=pdf"), 400, Fault.INVALID_REQUEST);
  }

  /** a, b made of it, c and d of b. */
  private void family() {
    publish(foundation(name("a")));
    publish(foundation(name("b")).parent(name("a")));
    publish(foundation(name("c")).parent(name("b")));
    publish(foundation(name("d")).parent(name("b")));
  }

  private static List<String> namesOf(JsonNode layers) {
    List<String> names = new ArrayList<>();
    layers.forEach(layer -> names.add(layer.get("name").asText()));
    return names;
  }

  private String evolved(String subject, String object) {
    return """
    {"kind":"EVOLVED_FROM","subject":{"layer":"%s"},"object":{"layer":"%s"},
     "evolutionType":"finetune","confidence":0.7,"improvementMetrics":{"ndcg@10":0.02}}\
    """
        .formatted(subject, object);
  }

  private static String synergy(String subject, String object, String more) {
    return """
    {"kind":"SYNERGIZES_WITH","subject":{"layer":"%s"},"object":{"layer":"%s"},
     "synergyStrength":0.5,"emergentCapabilities":["autofix"]%s}\
    """
        .formatted(subject, object, more);
  }

  private void publish(Samples.Draft draft) {
    Answer answer = ada.post(LAYERS, draft.json());
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(answer.header("ledger-projected")).isEqualTo("true");
  }

  private String name(String name) {
    return name(name, "1.0.0");
  }

  private String name(String name, String version) {
    return ns + "/" + name + "@" + version;
  }

  private String path(String name) {
    return LAYERS + "/" + ns + "/" + name + "/1.0.0";
  }

  private static List<String> names(JsonNode nodes) {
    List<String> names = new ArrayList<>();
    nodes.forEach(node -> names.add(node.get("name").asText()));
    return names;
  }
}
