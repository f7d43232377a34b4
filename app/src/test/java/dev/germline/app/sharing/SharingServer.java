package dev.germline.app.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.TestApp;
import dev.germline.app.TestApp.Answer;
import dev.germline.app.TestApp.As;
import dev.germline.app.layers.Samples;
import java.util.ArrayList;
import java.util.List;

/** A server, and what tests ask it. */
interface SharingServer {
  String LAYERS = "/api/v1/layers";

  TestApp app();

  /** A namespace of this test. */
  String ns();

  /** Who publishes. */
  default As ada() {
    return app().as("ada");
  }

  /** Who looks. */
  default As bob() {
    return app().as("bob");
  }

  default As admin() {
    return app().as("admin");
  }

  default void publish(Samples.Draft draft) {
    Answer answer = ada().post(LAYERS, draft.json());
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
  }

  default void publish(As caller, Samples.Draft draft) {
    Answer answer = caller.post(LAYERS, draft.json());
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
  }

  default void say(As caller, String claim) {
    stated(caller, claim);
  }

  default JsonNode stated(As caller, String claim) {
    Answer answer = caller.post("/api/v1/claims", claim);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json();
  }

  default String status(String layer, String status) {
    return ("{\"schema\":\"germline.claim/1\",\"kind\":\"STATUS\",\"subject\":{\"layer\":"
            + "\"%s/%s@1.0.0\"},\"status\":\"%s\",\"reason\":\"so\"}")
        .formatted(ns(), layer, status);
  }

  default List<String> found(As caller, String query) {
    Answer answer = caller.get("/api/v1/find?" + query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    List<String> names = new ArrayList<>();
    answer.json().get("items").forEach(item -> names.add(item.get("name").asText()));
    return names;
  }

  default String offer(String... shares) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < shares.length; i += 2) {
      parts.add(
          "{\"contributor\":\"%s\",\"role\":\"data\",\"share\":\"%s\"}"
              .formatted(shares[i], shares[i + 1]));
    }
    return "{\"contributions\":[" + String.join(",", parts) + "]}";
  }
}
