package dev.germline.app.graphql;

import static dev.germline.app.layers.Samples.foundation;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.core.Fault;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How layers are related. */
interface LineageContract extends OverGraphQl {
  @Test
  default void kinshipIsToldOverGraphQl() {
    publish(foundation(name("root")));
    publish(foundation(name("a")).parent(name("root")));
    publish(foundation(name("b")).parent(name("root")));
    publish(foundation(name("hidden")).parent(name("root")).visibility("private"));
    publish(foundation(name("c")).parent(name("hidden")).parent(name("b")));
    String query =
        """
        query($root: String!, $a: String!, $b: String!, $c: String!) {
          layer(name: $a) { siblings { nodes { parents layer { name } } } }
          lineagePath(from: $a, to: $b) { layers { name layer { type } } relations { from to } }
          commonAncestors(layers: [$a, $c]) { nodes { layer { name } nearest steps { from count } } }
          blastRadius(layer: $root, first: 1) { totalCount truncated pageInfo { hasNextPage endCursor }
            edges { cursor node { layer { name } impact required depth } } }
          deadEnds(namespace: "%s") { nodes { layer { name } lastUsed } } }
        """
            .formatted(ns());
    Map<String, Object> names =
        Map.of("root", name("root"), "a", name("a"), "b", name("b"), "c", name("c"));
    JsonNode data = data(bob(), query, names);
    assertThat(data.toString()).doesNotContain("hidden");
    assertThat(data.at("/layer/siblings/nodes")).hasSize(1);
    assertThat(data.at("/layer/siblings/nodes/0/layer/name").asText()).isEqualTo(name("b"));
    assertThat(data.at("/layer/siblings/nodes/0/parents/0").asText()).isEqualTo(name("root"));
    assertThat(data.at("/lineagePath/layers").findValuesAsText("name"))
        .containsExactly(name("a"), name("root"), name("b"));
    assertThat(data.at("/commonAncestors/nodes/0/layer/name").asText()).isEqualTo(name("root"));
    assertThat(data.at("/commonAncestors/nodes/0/nearest").asBoolean()).isTrue();
    assertThat(data.at("/commonAncestors/nodes/0/steps/1/count").asInt()).isEqualTo(2);
    assertThat(data.at("/blastRadius/totalCount").asInt()).isEqualTo(3);
    assertThat(data.at("/blastRadius/pageInfo/hasNextPage").asBoolean()).isTrue();
    assertThat(data.at("/deadEnds/nodes").findValuesAsText("name"))
        .containsExactly(name("a"), name("c"));
    assertThat(data(ada(), query, names).at("/blastRadius/totalCount").asInt()).isEqualTo(4);

    JsonNode next =
        data(
            bob(),
            "{ blastRadius(layer: \"%s\", first: 5, after: \"%s\") { edges { node { layer { name } } } } }"
                .formatted(name("root"), data.at("/blastRadius/pageInfo/endCursor").asText()));
    assertThat(next.at("/blastRadius/edges")).hasSize(2);
    assertThat(next.toString())
        .doesNotContain(data.at("/blastRadius/edges/0/node/layer/name").asText());
    assertCode(
        ask(bob(), "{ blastRadius(layer: \"%s\") { totalCount } }".formatted(name("hidden"))),
        Fault.LAYER_NOT_FOUND);
  }
}
