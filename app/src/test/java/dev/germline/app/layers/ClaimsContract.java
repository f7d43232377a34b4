package dev.germline.app.layers;

import static dev.germline.app.TestApp.unique;
import static dev.germline.app.http.ProblemAssert.assertProblem;
import static dev.germline.app.layers.Samples.foundation;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.TestApp;
import dev.germline.app.TestApp.Answer;
import dev.germline.app.TestApp.As;
import dev.germline.core.Fault;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of layers, and what becomes of it, on every SQL server the registry runs on. */
abstract class ClaimsContract {
  private static final String LAYERS = "/api/v1/layers";
  private static final String CLAIMS = "/api/v1/claims";

  private final TestApp app = server();
  private final As ada = app.as("ada");
  private final As bob = app.as("bob");
  private final As admin = app.as("admin");
  private final String ns = unique("ns");

  /** The server of these tests. */
  abstract TestApp server();

  @Test
  void aLayersStatusIsItsCreatorsToSay() {
    publish(foundation(ns + "/base@1.0.0"));
    assertThat(status("base")).isEqualTo("active");

    assertProblem(bob.post(CLAIMS, status("base", "yanked", "bad")), 403, Fault.FORBIDDEN);
    say(ada, status("base", "yanked", "superseded by 1.0.1"));
    assertThat(status("base")).isEqualTo("yanked");
    say(admin, status("base", "revoked", "leaks its training data"));
    assertThat(status("base")).isEqualTo("revoked");
    assertThat(bob.get(LAYERS + "?namespace=" + ns).json().at("/items/0/status").asText())
        .isEqualTo("revoked");
    say(ada, status("base", "active", "examined again"));
    assertThat(status("base")).isEqualTo("active");

    JsonNode current = claims("base", "?kind=STATUS");
    assertThat(current).hasSize(1);
    assertThat(current.at("/0/claim/record/reason").asText()).isEqualTo("examined again");
    assertThat(standings(claims("base", "?kind=STATUS&view=all")))
        .containsExactly("stands", "superseded", "superseded");
    assertProblem(
        ada.post(CLAIMS, reply("WITHDRAWAL", current.at("/0/claim/id").asText(), "no")),
        422,
        Fault.INVALID_CLAIM);
    assertProblem(
        ada.post(CLAIMS, status("base", "active", "").replace(",\"reason\":\"\"", "")),
        422,
        Fault.INVALID_CLAIM);
  }

  @Test
  void theBytesOfARevokedLayerAreNotHandedOut() {
    byte[] file = new ModelFile().tensor("t", "U8", "[2]", new byte[] {1, 2}).bytes();
    publish(foundation(ns + "/base@1.0.0").file("m.safetensors", ada.upload(file)));
    publish(
        foundation(ns + "/secret@1.0.0")
            .visibility("private")
            .file("m.safetensors", ada.upload(file)));
    String layer = LAYERS + "/" + ns + "/base/1.0.0";
    String bytes = layer + "/files/m.safetensors";
    String tensor = layer + "/tensors/t";
    assertThat(bob.get(bytes).header("layer-status")).isEqualTo("active");
    String etag = String.valueOf(bob.get(bytes).header("etag"));

    say(ada, status("base", "yanked", "1.0.1 is better"));
    assertThat(bob.get(bytes).body()).isEqualTo(file);
    for (String path : List.of(bytes, tensor)) {
      assertThat(bob.get(path).header("layer-status")).isEqualTo("yanked");
      assertThat(bob.send("HEAD", path, null).header("layer-status")).isEqualTo("yanked");
    }

    say(admin, status("base", "revoked", "leaks its training data"));
    say(ada, status("secret", "revoked", "so does this"));
    for (String path : List.of(bytes, tensor, tensor + "?format=safetensors")) {
      Answer gone = bob.get(path);
      assertProblem(gone, 410, Fault.LAYER_REVOKED);
      assertThat(gone.json().get("detail").asText())
          .contains("by admin on 20", "leaks its training data", "?revoked=allow");
      assertProblem(bob.get(path, "Range", "bytes=0-0"), 410, Fault.LAYER_REVOKED);
      assertProblem(bob.get(path, "If-None-Match", etag), 410, Fault.LAYER_REVOKED);
      assertThat(bob.send("HEAD", path, null).status()).isEqualTo(410);
      String allowed = path + (path.contains("?") ? "&" : "?") + "revoked=";
      assertThat(bob.get(allowed + "allow").status()).isEqualTo(200);
      assertThat(bob.get(allowed + "allow", "Range", "bytes=0-0").body()).hasSize(1);
      assertThat(bob.send("HEAD", allowed + "allow", null).header("layer-status"))
          .isEqualTo("revoked");
      assertProblem(bob.get(allowed + "yes"), 400, Fault.INVALID_REQUEST);
    }
    assertThat(bob.get(layer + "/files/none?revoked=allow").status()).isEqualTo(404);
    assertThat(ada.get(bytes.replace("base", "secret") + "?revoked=allow").status()).isEqualTo(200);
    String reads = "/api/v1/revoked-reads?layer=" + ns + "/base@1.0.0";
    JsonNode read = admin.get(reads).json().get("items");
    assertThat(read.findValuesAsText("what"))
        .containsExactlyInAnyOrder("file m.safetensors", "tensor t");
    assertThat(read.findValuesAsText("reader")).containsOnly("bob");
    assertThat(read.findValuesAsText("requests")).containsExactlyInAnyOrder("3", "6");
    assertThat(bob.get(reads).json().get("items")).isEqualTo(read);
    assertThat(ada.get(reads).json().get("items")).isEqualTo(read); // she made it
    assertThat(app.as("cy").get(reads).json().get("items")).isEmpty();
    JsonNode first = admin.get(reads + "&limit=1").json();
    JsonNode second =
        admin.get(reads + "&limit=1&cursor=" + first.get("nextCursor").asText()).json();
    assertThat(second.get("items").get(0)).isEqualTo(read.get(1));
    assertThat(second.has("nextCursor")).isFalse();
    assertThat(bob.get("/api/v1/revoked-reads").text()).doesNotContain("secret");
    assertProblem(bob.get(reads.replace("base", "secret")), 404, Fault.LAYER_NOT_FOUND);
    JsonNode because = bob.get(layer).json().get("because");
    assertThat(because.get("by").asText()).isEqualTo("admin");
    assertThat(because.get("reason").asText()).isEqualTo("leaks its training data");
    // What is hidden stays hidden: to be revoked is no reason to be known.
    assertProblem(bob.get(bytes.replace("base", "secret")), 404, Fault.LAYER_NOT_FOUND);
    assertProblem(bob.get(tensor.replace("base", "secret")), 404, Fault.LAYER_NOT_FOUND);

    say(admin, status("base", "active", "it does not"));
    assertThat(bob.get(bytes).body()).isEqualTo(file);
    assertThat(bob.get(layer).json().has("because")).isFalse();
  }

  @Test
  void aContestedClaimCountsAsContested() {
    publish(foundation(ns + "/base@1.0.0"));
    String review = say(bob, review("base", "approve", ""));
    String contest = say(ada, reply("CONTEST", review, "did not run it"));
    assertProblem(
        ada.post(CLAIMS, reply("CONTEST", review, "still not")), 422, Fault.INVALID_CLAIM);

    JsonNode item = claims("base", "").get(0);
    assertThat(item.get("standing").asText()).isEqualTo("contested");
    assertThat(item.get("counts").asBoolean()).isTrue();
    assertThat(item.at("/because/0/record/reason").asText()).isEqualTo("did not run it");

    assertProblem(bob.post(CLAIMS, reply("WITHDRAWAL", contest, "no")), 403, Fault.FORBIDDEN);
    say(ada, reply("WITHDRAWAL", contest, "they did"));
    assertThat(standings(claims("base", ""))).containsExactly("stands");
    JsonNode whole = bob.get(CLAIMS + "/" + review).json();
    assertThat(whole.get("replies")).hasSize(2);
    say(ada, reply("CONTEST", review, "again"));
    assertThat(standings(claims("base", ""))).containsExactly("contested");
  }

  @Test
  void aClaimIsEndedByItsAsserterOrAnAdmin() {
    publish(foundation(ns + "/base@1.0.0"));
    String review = say(bob, review("base", "approve", ""));
    assertProblem(ada.post(CLAIMS, reply("WITHDRAWAL", review, "x")), 403, Fault.FORBIDDEN);
    assertProblem(
        ada.post(CLAIMS, review("base", "reject", ",\"supersedes\":\"" + review + "\"")),
        403,
        Fault.FORBIDDEN);

    say(bob, review("base", "comment", ""));
    assertThat(standings(claims("base", ""))).containsExactly("stands", "stands");
    String next = say(bob, review("base", "reject", ",\"supersedes\":\"" + review + "\""));
    assertThat(standings(claims("base", "?view=all")))
        .containsExactly("stands", "stands", "superseded");
    assertProblem(
        bob.post(CLAIMS, review("base", "reject", ",\"supersedes\":\"" + review + "\"")),
        422,
        Fault.INVALID_CLAIM);
    say(admin, reply("WITHDRAWAL", next, "spam"));
    assertThat(standings(claims("base", "?view=all")))
        .containsExactly("withdrawn", "stands", "superseded");
    assertThat(standings(claims("base", ""))).containsExactly("stands");
    assertProblem(ada.post(CLAIMS, reply("CONTEST", next, "late")), 422, Fault.INVALID_CLAIM);
  }

  @Test
  void anEndedRelationLosesItsArrowUnlessOthersSayIt() {
    publish(foundation(ns + "/base@1.0.0"));
    publish(foundation(ns + "/other@1.0.0"));
    String first = say(bob, conflict("base", "other", 0.5));
    String second = say(ada, conflict("base", "other", 0.7));
    assertThat(arrows("base")).hasSize(2);

    say(bob, reply("WITHDRAWAL", first, "fixed"));
    assertThat(arrows("base")).hasSize(1);
    String third =
        say(
            ada,
            conflict("base", "other", 0.1)
                .replaceFirst("\\{", "{\"supersedes\":\"" + second + "\","));
    assertThat(arrows("base")).hasSize(1);
    assertThat(arrows("base").get(0).at("/properties/severity").asDouble()).isEqualTo(0.1);
    say(ada, reply("WITHDRAWAL", third, "gone"));
    assertThat(arrows("base")).isEmpty();
    assertThat(standings(claims("other", "?view=all"))).hasSize(3).doesNotContain("stands");

    // What was withdrawn does not stand in the way of its contrary.
    String descent = say(ada, descent("base", "other"));
    assertProblem(ada.post(CLAIMS, descent("other", "base")), 409, Fault.LINEAGE_CYCLE);
    say(ada, reply("WITHDRAWAL", descent, "the wrong way round"));
    say(ada, descent("other", "base"));
  }

  @Test
  void claimsComeInPages() {
    publish(foundation(ns + "/base@1.0.0"));
    for (int i = 0; i < 5; i++) {
      say(bob, review("base", "comment", ",\"comment\":\"" + i + "\""));
    }
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = ada.get(LAYERS + "/" + ns + "/base/1.0.0/claims?limit=2" + cursor).json();
      page.get("items").forEach(item -> seen.add(item.at("/claim/record/comment").asText()));
      cursor = page.has("nextCursor") ? "&cursor=" + page.get("nextCursor").asText() : "";
    } while (!cursor.isEmpty());
    assertThat(seen).containsExactly("4", "3", "2", "1", "0");
    String claims = LAYERS + "/" + ns + "/base/1.0.0/claims";
    assertProblem(ada.get(claims + "?kind=RUMOUR"), 400, Fault.INVALID_REQUEST);
    assertProblem(ada.get(claims + "?view=mine"), 400, Fault.INVALID_REQUEST);
    assertProblem(ada.get(claims + "?limit=0"), 400, Fault.INVALID_REQUEST);
  }

  @Test
  void everyKindOfStatementIsTaken() {
    publish(foundation(ns + "/base@1.0.0"));
    say(
        bob,
        statement(
            "BENCHMARK",
            "base",
            ",\"score\":{\"benchmark\":\"mteb\",\"metric\":\"ndcg@10\",\"value\":0.5168}"));
    say(
        bob,
        statement(
            "SAFETY", "base", ",\"validation\":{\"procedure\":\"red team 3\",\"passed\":true}"));
    say(
        bob,
        statement(
            "CONTRIBUTION",
            "base",
            ",\"contribution\":{\"contributor\":\"bob\",\"role\":\"data\",\"share\":\"0.25\"}"));
    assertThat(claims("base", "")).hasSize(3);
    assertProblem(
        bob.post(
            CLAIMS,
            statement(
                "CONTRIBUTION",
                "base",
                ",\"contribution\":{\"contributor\":\"bob\",\"role\":\"data\",\"share\":0.25}")),
        422,
        Fault.INVALID_CLAIM);
  }

  @Test
  void whatIsSaidOfAHiddenLayerIsHidden() {
    publish(foundation(ns + "/base@1.0.0"));
    publish(foundation(ns + "/secret@1.0.0").visibility("private"));
    String hidden = say(ada, conflict("base", "secret", 0.5));
    String review = say(ada, review("secret", "approve", ""));

    assertThat(claims("base", "")).isEmpty();
    String none = CLAIMS + "/00000000-0000-0000-0000-000000000000";
    for (String id : List.of(hidden, review)) {
      Answer answer = bob.get(CLAIMS + "/" + id);
      assertProblem(answer, 404, Fault.CLAIM_NOT_FOUND);
      assertThat(answer.json().get("detail").asText().replace(id, "ID"))
          .isEqualTo(
              bob.get(none).json().get("detail").asText().replaceFirst("[0-9a-f-]{36}", "ID"));
      assertProblem(bob.post(CLAIMS, reply("CONTEST", id, "x")), 404, Fault.CLAIM_NOT_FOUND);
      assertThat(ada.get(CLAIMS + "/" + id).status()).isEqualTo(200);
    }
    assertProblem(bob.get(LAYERS + "/" + ns + "/secret/1.0.0/claims"), 404, Fault.LAYER_NOT_FOUND);
    assertProblem(
        bob.post(CLAIMS, review("secret", "approve", "")), 422, Fault.REFERENCE_NOT_FOUND);
    assertProblem(
        bob.post(CLAIMS, status("secret", "yanked", "x")), 422, Fault.REFERENCE_NOT_FOUND);
  }

  private void publish(Samples.Draft draft) {
    Answer answer = ada.post(LAYERS, draft.json());
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
  }

  private static String say(As caller, String claim) {
    Answer answer = caller.post(CLAIMS, claim);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json().get("id").asText();
  }

  private String status(String layer) {
    return bob.get(LAYERS + "/" + ns + "/" + layer + "/1.0.0").json().get("status").asText();
  }

  private JsonNode claims(String layer, String query) {
    Answer answer = bob.get(LAYERS + "/" + ns + "/" + layer + "/1.0.0/claims" + query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().get("items");
  }

  private JsonNode arrows(String layer) {
    return bob.get(LAYERS + "/" + ns + "/" + layer + "/1.0.0/edges").json().get("items");
  }

  private static List<String> standings(JsonNode items) {
    List<String> standings = new ArrayList<>();
    items.forEach(item -> standings.add(item.get("standing").asText()));
    return standings;
  }

  private String statement(String kind, String layer, String more) {
    return "{\"schema\":\"germline.claim/1\",\"kind\":\"%s\",\"subject\":{\"layer\":\"%s/%s@1.0.0\"}%s}"
        .formatted(kind, ns, layer, more);
  }

  private String status(String layer, String status, String reason) {
    return statement(
        "STATUS", layer, ",\"status\":\"%s\",\"reason\":\"%s\"".formatted(status, reason));
  }

  private String review(String layer, String verdict, String more) {
    return statement("REVIEW", layer, ",\"verdict\":\"" + verdict + "\"" + more);
  }

  private String conflict(String layer, String other, double severity) {
    return statement(
        "CONFLICTS_WITH",
        layer,
        ",\"object\":{\"layer\":\"%s/%s@1.0.0\"},\"conflictType\":\"format\",\"severity\":%s"
            .formatted(ns, other, severity));
  }

  private String descent(String layer, String parent) {
    return statement(
        "EVOLVED_FROM",
        layer,
        ",\"object\":{\"layer\":\"%s/%s@1.0.0\"},\"evolutionType\":\"finetune\",\"confidence\":1"
            .formatted(ns, parent));
  }

  private static String reply(String kind, String claim, String reason) {
    return "{\"schema\":\"germline.claim/1\",\"kind\":\"%s\",\"claim\":\"%s\",\"reason\":\"%s\"}"
        .formatted(kind, claim, reason);
  }
}
