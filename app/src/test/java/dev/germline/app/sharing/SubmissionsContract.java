package dev.germline.app.sharing;

import static dev.germline.app.http.ProblemAssert.assertProblem;
import static dev.germline.app.layers.Samples.foundation;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.TestApp.Answer;
import dev.germline.core.Fault;
import org.junit.jupiter.api.Test;

/** What others offer to have contributed. */
interface SubmissionsContract extends SharingServer {
  @Test
  default void anOfferIsReviewedByAnotherAndBecomesClaims() {
    publish(foundation(ns() + "/base@1.0.0"));
    String layer = LAYERS + "/" + ns() + "/base/1.0.0";
    assertProblem(bob().post(layer + "/submissions", offer("bob", "1")), 403, Fault.FORBIDDEN);
    assertProblem(
        ada().post(layer + "/submissions", offer("ada", "0.5", "bob", "0.4")),
        400,
        Fault.INVALID_REQUEST);
    Answer offered = ada().post(layer + "/submissions", offer("ada", "0.75", "bob", "0.25"));
    assertThat(offered.status()).as(offered.text()).isEqualTo(201);
    String id = offered.json().get("id").asText();
    assertProblem(
        ada().post(layer + "/submissions", offer("ada", "1")), 400, Fault.INVALID_REQUEST);

    String one = "/api/v1/submissions/" + id;
    assertProblem(bob().get(one), 404, Fault.NOT_FOUND);
    assertThat(bob().get("/api/v1/submissions").json().get("items").toString()).doesNotContain(id);
    assertProblem(ada().post(one + "/events", event("start-review")), 403, Fault.FORBIDDEN);
    assertProblem(admin().post(one + "/events", event("accept")), 400, Fault.INVALID_REQUEST);
    assertThat(admin().post(one + "/events", event("start-review")).status()).isEqualTo(200);
    assertThat(admin().post(one + "/events", event("request-changes")).status()).isEqualTo(200);
    assertThat(ada().post(one + "/events", event("resubmit")).status()).isEqualTo(200);
    assertThat(admin().post(one + "/events", event("start-review")).status()).isEqualTo(200);
    Answer accepted = admin().post(one + "/events", event("accept"));
    assertThat(accepted.json().get("state").asText()).isEqualTo("accepted");
    assertThat(accepted.json().get("history")).hasSize(6);
    assertProblem(admin().post(one + "/events", event("reject")), 400, Fault.INVALID_REQUEST);
    JsonNode claims = bob().get(layer + "/claims?kind=CONTRIBUTION").json().get("items");
    assertThat(claims).hasSize(2);
    assertThat(claims.toString()).contains("\"share\":\"0.75\"", "\"share\":\"0.25\"");
  }

  private static String event(String event) {
    return "{\"event\":\"" + event + "\"}";
  }
}
