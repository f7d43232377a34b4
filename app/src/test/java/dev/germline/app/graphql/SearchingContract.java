package dev.germline.app.graphql;

import static dev.germline.app.layers.Samples.foundation;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.core.Fault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Finding layers, and what goes together. */
interface SearchingContract extends OverGraphQl {
  @Test
  default void layersAreFoundByWhatTheySayAndHowGoodTheyAre() {
    for (String name : List.of("one", "two", "three")) {
      publish(
          foundation(name(name))
              .member("\"description\":\"Writes sonnets, volume " + name + "\"")
              .member("\"capabilities\":[\"poetry\"]"));
    }
    publish(
        foundation(name("hidden"))
            .member("\"description\":\"Writes sonnets in secret\"")
            .visibility("private"));
    measure("two", 0.9);
    String query =
        """
        query($text: String, $metrics: [String!], $after: String, $type: LayerType) {
          search(text: $text, namespace: "%s", metrics: $metrics, type: $type, first: 2, after: $after) {
            complete peers { peer } pageInfo { hasNextPage endCursor }
            nodes { name score origin layer { name capabilities } } } }
        """
            .formatted(ns());
    JsonNode first = data(bob(), query, Map.of("text", "sonnets")).get("search");
    assertThat(first.get("nodes")).hasSize(2);
    assertThat(first.at("/nodes/0/score").asInt()).isPositive();
    assertThat(first.at("/nodes/0/layer/capabilities/0").asText()).isEqualTo("poetry");
    assertThat(first.get("complete").asBoolean()).isTrue();
    assertThat(first.at("/pageInfo/hasNextPage").asBoolean()).isTrue();
    JsonNode second =
        data(
                bob(),
                query,
                Map.of("text", "sonnets", "after", first.at("/pageInfo/endCursor").asText()))
            .get("search");
    assertThat(second.get("nodes")).hasSize(1);
    assertThat(second.at("/pageInfo/hasNextPage").asBoolean()).isFalse();
    assertThat(first + second.toString()).doesNotContain("hidden");
    assertThat(data(ada(), query, Map.of("text", "secret sonnets")).toString()).contains("hidden");

    JsonNode measured =
        data(bob(), query, Map.of("metrics", List.of("retrieval:accuracy>=0.8"))).get("search");
    assertThat(measured.get("nodes")).hasSize(1);
    assertThat(measured.at("/nodes/0/name").asText()).isEqualTo(name("two"));
    assertThat(data(bob(), query, Map.of("type", "LORA")).at("/search/nodes")).isEmpty();
    assertCode(ask(bob(), query, Map.of("metrics", List.of("good"))), Fault.INVALID_REQUEST);
    assertCode(ask(bob(), query, Map.of("after", "bm9uZQ")), Fault.INVALID_REQUEST);
  }

  @Test
  default void theGateSaysWhatGoesTogether() {
    publish(foundation(name("base")));
    publish(foundation(name("tool")));
    publish(foundation(name("hidden")).visibility("private"));
    publish(
        foundation(name("app"))
            .member(
                """
                "dependencies":[{"layer":"%s/tool","versions":"^1","dependencyType":"tool","strength":1,"required":true}]\
                """
                    .formatted(ns())));
    JsonNode data =
        data(
            bob(),
            """
            { compatibility(layers: ["%1$s/app", "%1$s/base"], policy: { refuseUnknownLicense: true },
                limits: { memoryMb: 100000 }) {
                outcome complete memoryMb reasons { code severity layers } terms { commercial releases }
                layers { name path layer { type } } }
              resolve(layers: ["%1$s/app"]) { resolved because steps layers { name } } }
            """
                .formatted(ns()));
    assertThat(data.at("/compatibility/outcome").asText()).isEqualTo("FAIL");
    assertThat(data.at("/compatibility/reasons/0/severity").asText()).isEqualTo("FAIL");
    assertThat(data.at("/compatibility/layers").findValuesAsText("name")).contains(name("tool"));
    assertThat(data.at("/resolve/resolved").asBoolean()).isTrue();
    assertThat(data.at("/resolve/layers")).hasSize(2);
    assertCode(
        ask(
            bob(),
            "{ resolve(layers: [\"%s/base\", \"%s/hidden\"]) { resolved } }".formatted(ns(), ns())),
        Fault.LAYER_NOT_FOUND);
  }
}
