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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the lineage of layers promises, on every SQL server the registry runs on. */
abstract class LineageContract {
  private static final String LAYERS = "/api/v1/layers";
  private static final String CLAIMS = "/api/v1/claims";

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
