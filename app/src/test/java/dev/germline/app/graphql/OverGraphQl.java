package dev.germline.app.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.TestApp;
import dev.germline.app.TestApp.Answer;
import dev.germline.app.TestApp.As;
import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.app.identity.Tokens;
import dev.germline.app.layers.Samples;
import dev.germline.core.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server, and what tests ask it. */
interface OverGraphQl {
  GraphQlServer server();

  /** A namespace of this test. */
  String ns();

  default TestApp app() {
    return server().app();
  }

  /** Who publishes. */
  default As ada() {
    return app().as("ada");
  }

  /** Who reads. */
  default As bob() {
    return app().as("bob");
  }

  default String token(String caller) {
    return app().bean(Tokens.class).issue(new Caller(caller, Role.USER), Optional.empty());
  }

  default String name(String name) {
    return ns() + "/" + name + "@1.0.0";
  }

  default void publish(Samples.Draft draft) {
    Answer answer = ada().post("/api/v1/layers", draft.json());
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
  }

  default void measure(String layer, double value) {
    Answer answer =
        ada()
            .post(
                "/api/v1/measurements",
                """
                [{"layer":"%s","taskType":"retrieval","metricType":"accuracy","value":%s}]
                """
                    .formatted(name(layer), value));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
  }

  default Answer ask(As caller, String query) {
    return ask(caller, query, Map.of());
  }

  default Answer ask(As caller, String query, Map<String, Object> variables) {
    return caller.post(GraphQlServer.PATH, GraphQlServer.request(query, variables));
  }

  default JsonNode data(As caller, String query) {
    return data(caller, query, Map.of());
  }

  default JsonNode data(As caller, String query, Map<String, Object> variables) {
    Answer answer = ask(caller, query, variables);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().has("errors")).as(answer.text()).isFalse();
    return answer.json().get("data");
  }

  default void assertCode(Answer answer, Fault fault) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    JsonNode error = answer.json().at("/errors/0");
    assertThat(error.at("/extensions/code").asText()).as(answer.text()).isEqualTo(fault.name());
    assertThat(error.at("/extensions/requestId").asText()).isEqualTo(answer.header("X-Request-Id"));
  }

  /** An answer with what was sent to the stores for it. */
  record Statements(JsonNode data, List<String> sql, List<String> graph) {}

  default Statements statements(String query) {
    CountingInterceptor.drain();
    CountingDriver.drain();
    JsonNode data = data(bob(), query);
    return new Statements(data, CountingInterceptor.drain(), CountingDriver.drain());
  }
}
