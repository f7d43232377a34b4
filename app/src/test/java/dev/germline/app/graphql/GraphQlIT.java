package dev.germline.app.graphql;

import static dev.germline.app.TestApp.unique;
import static dev.germline.app.http.ProblemAssert.assertProblem;
import static dev.germline.app.layers.Samples.foundation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.app.TestApp;
import dev.germline.app.TestApp.Answer;
import dev.germline.app.TestApp.As;
import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.app.identity.Tokens;
import dev.germline.app.layers.Samples;
import dev.germline.core.Fault;
import dev.germline.core.ledger.ProofBundle;
import dev.germline.core.merkle.Blake3;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the API promises over GraphQL. */
final class GraphQlIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GRAPHQL = "/api/v1/graphql";
  private static TestApp app;
  private static As ada;
  private static As bob;

  private final String ns = unique("ns");

  @BeforeAll
  static void begin() {
    TestApp.stop(); // the graph is this server's
    String url = String.valueOf(TestApp.settings().get("germline.mysql.url"));
    app =
        TestApp.start(
            Map.of(
                "germline.mysql.url",
                url
                    + (url.contains("?") ? "&" : "?")
                    + "queryInterceptors="
                    + CountingInterceptor.class.getName(),
                "test.count-statements",
                true,
                "germline.graphql.look-every",
                "100ms",
                "germline.graphql.max-streams-per-caller",
                2));
    ada = app.as("ada");
    bob = app.as("bob");
  }

  @AfterAll
  static void end() {
    app.close();
  }

  @Test
  void aLayerComesWithWhatItsRecordSays() {
    String blake3 = ada.upload(Samples.safetensors(100));
    publish(
        foundation(name("base"))
            .file("model.safetensors", blake3)
            .member("\"description\":\"a base\"")
            .member("\"capabilities\":[\"text-embedding\"]"));
    JsonNode layer =
        data(
                bob,
                """
                query($name: String!) { layer(name: $name) {
                  id name digest type creator visibility status description record capabilities
                  files { nodes { path sizeBytes blake3 format metadata } pageInfo { hasNextPage } } } }
                """,
                Map.of("name", name("base")))
            .get("layer");
    assertThat(layer.get("name").asText()).isEqualTo(name("base"));
    assertThat(layer.get("type").asText()).isEqualTo("FOUNDATION");
    assertThat(layer.get("status").asText()).isEqualTo("ACTIVE");
    assertThat(layer.get("description").asText()).isEqualTo("a base");
    assertThat(layer.get("capabilities")).hasSize(1);
    assertThat(layer.get("record").get("provenance").get("creator").asText()).isEqualTo("ada");
    JsonNode file = layer.get("files").get("nodes").get(0);
    assertThat(file.get("blake3").asText()).isEqualTo(blake3);
    assertThat(file.get("metadata").get("tensors").asText()).isEqualTo("1");
    assertThat(layer.get("files").get("pageInfo").get("hasNextPage").asBoolean()).isFalse();
  }

  @Test
  void aRecordComesByteForByte() {
    publish(foundation(name("base")));
    Answer answer = ask(bob, "{ layer(name: \"%s\") { record digest } }".formatted(name("base")));
    String text = answer.text();
    String record =
        text.substring(text.indexOf("\"record\":") + 9, text.lastIndexOf(",\"digest\""));
    assertThat(Blake3.hash(record.getBytes(StandardCharsets.UTF_8)).toHex())
        .isEqualTo(answer.json().at("/data/layer/digest").asText());
  }

  @Test
  void pagesFollowEachOther() {
    for (int i = 0; i < 5; i++) {
      publish(foundation(name("layer" + i)));
    }
    List<String> names = new ArrayList<>();
    String after = "null";
    for (int page = 0; page < 3; page++) {
      JsonNode layers =
          data(
                  bob,
                  """
                  { layers(namespace: "%s", first: 2, after: %s) {
                      edges { cursor node { name } } pageInfo { hasNextPage hasPreviousPage endCursor } } }
                  """
                      .formatted(ns, after))
              .get("layers");
      layers.get("edges").forEach(edge -> names.add(edge.at("/node/name").asText()));
      assertThat(layers.at("/pageInfo/hasNextPage").asBoolean()).isEqualTo(page < 2);
      assertThat(layers.at("/pageInfo/hasPreviousPage").asBoolean()).isEqualTo(page > 0);
      after = layers.at("/pageInfo/endCursor").toString();
    }
    assertThat(names)
        .containsExactly(
            name("layer4"), name("layer3"), name("layer2"), name("layer1"), name("layer0"));
    assertCode(
        ask(bob, "{ layers(first: 1, after: \"!\") { nodes { name } } }"), Fault.INVALID_REQUEST);
    assertCode(ask(bob, "{ layers(first: 201) { nodes { name } } }"), Fault.INVALID_REQUEST);
  }

  @Test
  void whoMayNotSeeALayerSeesItInNoField() {
    publish(foundation(name("a")));
    publish(foundation(name("hidden")).parent(name("a")).visibility("private"));
    publish(foundation(name("c")).parent(name("hidden")));
    String query =
        """
        { layers(namespace: "%s") { nodes { name } }
          versions(namespace: "%s", name: "a") { nodes { name } }
          a: layer(name: "%s") { name children { nodes { name } } relations { nodes { from to } }
            descendants { totalCount edges { node { name } via { from to } } }
            claims(current: false) { nodes { fact { from to record } } } }
          c: layer(name: "%s") { name parents { nodes { name } } relations { nodes { from to } }
            ancestors { totalCount edges { node { name } via { from to } } }
            claims { nodes { fact { from to } } } } }
        """
            .formatted(ns, ns, name("a"), name("c"));
    assertThat(ask(ada, query).text()).contains("hidden").doesNotContain("errors");
    Answer bobs = ask(bob, query);
    assertThat(bobs.text()).doesNotContain("hidden").doesNotContain("errors");
    assertThat(bobs.json().at("/data/a/descendants/totalCount").asInt()).isZero();
    Answer direct = ask(bob, "{ layer(name: \"%s\") { name } }".formatted(name("hidden")));
    Answer missing = ask(bob, "{ layer(name: \"%s\") { name } }".formatted(name("missing")));
    assertCode(direct, Fault.LAYER_NOT_FOUND);
    assertThat(direct.json().at("/errors/0/message").asText().replace("hidden", "missing"))
        .isEqualTo(missing.json().at("/errors/0/message").asText());
  }

  @Test
  void aLineageOfDepthFiveTakesAsManyStatementsForManyLayersAsForFew() {
    publish(foundation(name("root")));
    List<String> before = List.of("root");
    for (int depth = 1; depth <= 5; depth++) {
      List<String> level = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        String child = "d" + depth + "x" + i;
        Samples.Draft draft = foundation(name(child));
        before.forEach(parent -> draft.parent(name(parent)));
        publish(draft);
        measure(child, 0.5 + i / 10.0);
        level.add(child);
      }
      before = level;
    }
    String page =
        """
        { layer(name: "%s") { descendants(depth: 5, first: %d) { totalCount edges { depth
            via { claim } node { name description capabilities metrics { metricType mean } } } } } }
        """;
    statements(page.formatted(name("root"), 1)); // warms the pools up
    Statements few = statements(page.formatted(name("root"), 2));
    Statements many = statements(page.formatted(name("root"), 50));
    assertThat(many.data().at("/layer/descendants/totalCount").asInt()).isEqualTo(15);
    JsonNode edges = many.data().at("/layer/descendants/edges");
    assertThat(edges).hasSize(15);
    assertThat(edges.get(14).get("depth").asInt()).isEqualTo(5);
    assertThat(edges.get(0).at("/node/metrics/0/mean").asDouble()).isBetween(0.5, 0.7);
    assertThat(many.sql()).as(many.toString()).hasSameSizeAs(few.sql()).hasSizeLessThanOrEqualTo(6);
    assertThat(many.graph()).isEqualTo(few.graph()).isLessThanOrEqualTo(6);

    String nested = "name metrics { mean }";
    for (int depth = 0; depth < 5; depth++) {
      nested = "name metrics { mean } children(first: 3) { nodes { " + nested + " } }";
    }
    Statements deep = statements("{ layer(name: \"%s\") { %s } }".formatted(name("root"), nested));
    assertThat(deep.data().at("/layer/children/nodes/0/children/nodes")).hasSize(3);
    // Each level: who is a child, their rows, their metrics.
    assertThat(deep.sql()).as(deep.toString()).hasSizeLessThanOrEqualTo(2 + 5 * 3);
    assertThat(deep.graph()).isZero();
  }

  @Test
  void tooMuchIsRefusedBeforeAnythingIsRead() {
    String deep = "name";
    for (int i = 0; i < 8; i++) {
      deep = "parents(first: 1) { nodes { " + deep + " } }";
    }
    CountingInterceptor.drain();
    assertCode(
        ask(bob, "{ layer(name: \"a/b@1.0.0\") { %s } }".formatted(deep)), Fault.LIMIT_EXCEEDED);
    assertCode(
        ask(bob, "{ layers(first: 200) { nodes { children(first: 200) { nodes { name } } } } }"),
        Fault.LIMIT_EXCEEDED);
    assertCode(
        ask(
            bob,
            "{ layers(first: 100) { nodes { proof } } ledger { sequence } x: layers(first: 10) {"
                + " nodes { proof } } }"),
        Fault.LIMIT_EXCEEDED);
    assertCode(ask(bob, "{ " + "a: __typename ".repeat(3000) + "}"), Fault.LIMIT_EXCEEDED);
    String bomb =
        IntStream.range(0, 40)
            .mapToObj(i -> "fragment f%d on Query { ...f%d ...f%d }".formatted(i, i + 1, i + 1))
            .collect(Collectors.joining(" "));
    assertCode(
        ask(bob, "{ ...f0 } " + bomb + " fragment f40 on Query { __typename }"),
        Fault.LIMIT_EXCEEDED);
    assertThat(CountingInterceptor.drain()).isEmpty();
  }

  @Test
  void whatIsWrongIsSaidWithItsCode() {
    assertProblem(
        app.anonymous().post(GRAPHQL, "{\"query\":\"{__typename}\"}"), 401, Fault.UNAUTHENTICATED);
    assertProblem(bob.post(GRAPHQL, "{"), 400, Fault.MALFORMED_JSON);
    assertCode(bob.post(GRAPHQL, "{}"), Fault.INVALID_REQUEST);
    assertCode(ask(bob, "{ layer("), Fault.INVALID_REQUEST);
    assertCode(ask(bob, "{ nothing }"), Fault.INVALID_REQUEST);
    assertCode(ask(bob, "{ layer(name: \"no name\") { name } }"), Fault.INVALID_NAME);
    assertCode(ask(bob, "subscription { layerPublished { name } }"), Fault.INVALID_REQUEST);
    assertThat(
            data(bob, "{ __schema { queryType { name } types { name } } }").at("/__schema/types"))
        .hasSizeGreaterThan(20);
  }

  @Test
  void layersAndClaimsAreWritten() throws Exception {
    String publish =
        """
        mutation($record: JSON!) { publishLayer(record: $record) {
            fresh ledgerSequence projected layer { name record } } }
        """;
    for (String layer : List.of("one", "two")) {
      JsonNode made =
          data(ada, publish, Map.of("record", JSON.readTree(foundation(name(layer)).json())))
              .get("publishLayer");
      assertThat(made.get("fresh").asBoolean()).isTrue();
      assertThat(made.get("projected").asBoolean()).isTrue();
      assertThat(made.at("/layer/name").asText()).isEqualTo(name(layer));
    }
    JsonNode claim =
        data(
                ada,
                "mutation($claim: JSON!) { stateClaim(claim: $claim) { fresh claim { id kind } } }",
                Map.of(
                    "claim",
                    JSON.readTree(
                        """
                        {"kind":"EVOLVED_FROM","subject":{"layer":"%s"},"object":{"layer":"%s"},
                         "evolutionType":"finetune","confidence":1}
                        """
                            .formatted(name("two"), name("one")))))
            .at("/stateClaim/claim");
    assertThat(claim.get("kind").asText()).isEqualTo("EVOLVED_FROM");
    JsonNode seen =
        data(
            bob,
            """
            { claim(id: "%s") { standing counts fact { from to assertedBy record } }
              layer(name: "%s") { parents { nodes { name } } claims(kind: "EVOLVED_FROM") { nodes { fact { id } } }
                ancestors { edges { node { name } } } } }
            """
                .formatted(claim.get("id").asText(), name("two")));
    assertThat(seen.at("/claim/standing").asText()).isEqualTo("STANDS");
    assertThat(seen.at("/claim/fact/to").asText()).isEqualTo(name("one"));
    assertThat(seen.at("/layer/parents/nodes/0/name").asText()).isEqualTo(name("one"));
    assertThat(seen.at("/layer/ancestors/edges/0/node/name").asText()).isEqualTo(name("one"));
    assertThat(seen.at("/layer/claims/nodes/0/fact/id")).isEqualTo(claim.get("id"));
    assertCode(
        ask(bob, publish, Map.of("record", JSON.readTree(foundation(name("one") + "-x").json()))),
        Fault.FORBIDDEN);
  }

  @Test
  void stateRootsAndProofsAreThere() {
    publish(foundation(name("base")));
    JsonNode data =
        data(
            bob,
            """
            { layer(name: "%s") { proof ledgerSequence }
              ledger { sequence projectedSequence root { documents signatureV2 }
                stateRoots(first: 1) { nodes { sequence recordHash } pageInfo { hasNextPage } } } }
            """
                .formatted(name("base")));
    ProofBundle proof =
        ProofBundle.fromJson(data.at("/layer/proof").toString().getBytes(StandardCharsets.UTF_8));
    assertThat(proof.entries()).hasSize(1);
    assertThat(data.at("/ledger/sequence").asLong())
        .isGreaterThanOrEqualTo(data.at("/layer/ledgerSequence").asLong());
    assertThat(data.at("/ledger/stateRoots/nodes")).hasSize(1);
  }

  @Test
  void aSubscriptionTellsOfNewLayersThatItsCallerMaySee() throws Exception {
    List<String> events = new CopyOnWriteArrayList<>();
    String query =
        "subscription { layerPublished(namespace: \"%s\") { name capabilities metrics { mean } } }"
            .formatted(ns);
    try (Listening stream = new Listening(bob("bob"), query, events)) {
      await().atMost(Duration.ofSeconds(30)).until(() -> app.bean(Streams.class).count() == 1);
      publish(foundation(name("first")));
      publish(foundation(name("secret")).visibility("private"));
      publish(foundation(name("second")).member("\"capabilities\":[\"chat\"]"));
      await().atMost(Duration.ofSeconds(30)).until(() -> events.size() >= 2);
      assertThat(stream.status()).isEqualTo(200);
    }
    assertThat(events).hasSize(2);
    assertThat(events.get(0)).contains(name("first"));
    assertThat(events.get(1)).contains(name("second"), "chat").doesNotContain("errors");
    await().atMost(Duration.ofSeconds(30)).until(() -> app.bean(Streams.class).count() == 0);
  }

  @Test
  void oneCallerHasSoManyStreams() throws Exception {
    String query = "subscription { layerPublished { name } }";
    List<String> events = new CopyOnWriteArrayList<>();
    try (Listening one = new Listening(bob("eve"), query, events);
        Listening two = new Listening(bob("eve"), query, events);
        Listening three = new Listening(bob("eve"), query, events)) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> Stream.of(one, two, three).filter(stream -> stream.status() != 0).count() == 3);
      assertThat(Stream.of(one, two, three).map(Listening::status))
          .containsExactlyInAnyOrder(200, 200, 413);
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> app.bean(Streams.class).count() == 0);
  }

  @Test
  void graphiqlLoadsNothingFromElsewhere() {
    Answer page = app.anonymous().get("/graphiql");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text()).contains("/graphiql/page.js").doesNotContain("http");
    assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
    for (String part :
        List.of(
            "page.js",
            "page.css",
            "graphiql.min.js",
            "graphiql.min.css",
            "react.js",
            "react-dom.js")) {
      assertThat(app.anonymous().get("/graphiql/" + part).status()).as(part).isEqualTo(200);
    }
    assertProblem(app.anonymous().get("/graphiql/other.js"), 404, Fault.NOT_FOUND);
  }

  private record Statements(JsonNode data, List<String> sql, int graph) {}

  private static Statements statements(String query) {
    CountingInterceptor.drain();
    CountingDriver.READS.set(0);
    JsonNode data = data(bob, query);
    return new Statements(data, CountingInterceptor.drain(), CountingDriver.READS.get());
  }

  private static JsonNode data(As caller, String query) {
    return data(caller, query, Map.of());
  }

  private static JsonNode data(As caller, String query, Map<String, Object> variables) {
    Answer answer = ask(caller, query, variables);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().has("errors")).as(answer.text()).isFalse();
    return answer.json().get("data");
  }

  private static Answer ask(As caller, String query) {
    return ask(caller, query, Map.of());
  }

  private static Answer ask(As caller, String query, Map<String, Object> variables) {
    return caller.post(GRAPHQL, request(query, variables));
  }

  private static String request(String query, Map<String, Object> variables) {
    ObjectNode request = JSON.createObjectNode().put("query", query);
    request.set("variables", JSON.valueToTree(variables));
    return request.toString();
  }

  private static void assertCode(Answer answer, Fault fault) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    JsonNode error = answer.json().at("/errors/0");
    assertThat(error.at("/extensions/code").asText()).as(answer.text()).isEqualTo(fault.name());
    assertThat(error.at("/extensions/requestId").asText()).isEqualTo(answer.header("X-Request-Id"));
  }

  private static String bob(String caller) {
    return app.bean(Tokens.class).issue(new Caller(caller, Role.USER), Optional.empty());
  }

  private String name(String name) {
    return ns + "/" + name + "@1.0.0";
  }

  private static void publish(Samples.Draft draft) {
    Answer answer = ada.post("/api/v1/layers", draft.json());
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
  }

  private void measure(String layer, double value) {
    Answer answer =
        ada.post(
            "/api/v1/measurements",
            """
            [{"layer":"%s","taskType":"retrieval","metricType":"accuracy","value":%s}]
            """
                .formatted(name(layer), value));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
  }

  /** A client that listens to a stream until it is closed. */
  private static final class Listening implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Thread thread;
    private volatile int status;

    Listening(String token, String query, List<String> events) {
      HttpRequest request =
          HttpRequest.newBuilder(app.uri(GRAPHQL + "/stream"))
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "application/json")
              .header("Accept", "text/event-stream")
              .POST(HttpRequest.BodyPublishers.ofString(request(query, Map.of())))
              .build();
      thread =
          Thread.startVirtualThread(() -> {
            try {
              HttpResponse<Stream<String>> response =
                  client.send(request, HttpResponse.BodyHandlers.ofLines());
              status = response.statusCode();
              if (status == 200) {
                response
                    .body()
                    .filter(line -> line.startsWith("data:"))
                    .forEach(line -> events.add(line.substring(5)));
              }
            } catch (IOException | InterruptedException | RuntimeException closed) {
              // as close() does it
            }
          });
    }

    int status() {
      return status;
    }

    @Override
    public void close() {
      client.shutdownNow();
      thread.interrupt();
    }
  }
}
