package dev.germline.app.graphql;

import static dev.germline.app.layers.Samples.foundation;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.layers.Samples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A page takes as many statements for many layers as for few. */
interface BatchingContract extends OverGraphQl {
  @Test
  default void aLineageOfDepthFiveTakesAsManyStatementsForManyLayersAsForFew() {
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
    assertThat(many.graph()).hasSize(1);
    assertThat(few.graph()).hasSize(1);

    String nested = "name metrics { mean }";
    for (int depth = 0; depth < 5; depth++) {
      nested = "name metrics { mean } children(first: 3) { nodes { " + nested + " } }";
    }
    Statements deep = statements("{ layer(name: \"%s\") { %s } }".formatted(name("root"), nested));
    assertThat(deep.data().at("/layer/children/nodes/0/children/nodes")).hasSize(3);
    // Each level: who is a child, their rows, their metrics.
    assertThat(deep.sql()).as(deep.toString()).hasSizeLessThanOrEqualTo(2 + 5 * 3);
    assertThat(deep.graph()).isEmpty();
  }

  @Test
  default void everyFieldOfAPageIsOneQuestionForAllItsLayers() {
    publish(foundation(name("root")));
    for (int i = 0; i < 3; i++) {
      publish(foundation(name("child" + i)).parent(name("root")));
      publish(foundation(name("leaf" + i)).parent(name("child" + i)));
    }
    publish(foundation(name("hidden")).parent(name("child0")).visibility("private"));
    String fields =
        """
        name proof record
        ancestors(depth: 5) { totalCount edges { depth node { name } via { claim } } }
        descendants(depth: 5) { totalCount edges { node { name } } }
        relations { nodes { from to claim } }
        siblings { nodes { parents layer { name } } }
        claims(first: 2) { nodes { standing fact { id record } } pageInfo { hasNextPage endCursor } }
        """;
    String page = "{ layers(namespace: \"%s\", first: %d) { nodes { " + fields + " } } }";
    statements(page.formatted(ns(), 2)); // plans and pools
    Statements few = statements(page.formatted(ns(), 2));
    Statements many = statements(page.formatted(ns(), 20));
    assertThat(many.data().at("/layers/nodes")).hasSize(7);
    assertThat(many.graph()).hasSize(4).hasSameSizeAs(few.graph());
    assertThat(many.sql())
        .as(many.toString())
        .hasSameSizeAs(few.sql())
        .hasSizeLessThanOrEqualTo(12);
    assertThat(many.data().toString()).doesNotContain("hidden");
    // Each layer is told as it is when it is asked about alone.
    for (JsonNode node : many.data().at("/layers/nodes")) {
      JsonNode alone =
          data(bob(), "{ layer(name: \"%s\") { %s } }".formatted(node.get("name").asText(), fields))
              .get("layer");
      assertThat(node).isEqualTo(alone);
    }
    JsonNode root =
        data(bob(), "{ layer(name: \"%s\") { %s } }".formatted(name("root"), fields)).get("layer");
    assertThat(root.at("/descendants/totalCount").asInt()).isEqualTo(6);
    assertThat(root.at("/claims/nodes")).hasSize(2);
    assertThat(root.at("/claims/pageInfo/hasNextPage").asBoolean()).isTrue();
    JsonNode rest =
        data(
            bob(),
            "{ layer(name: \"%s\") { claims(after: \"%s\") { nodes { fact { id } } } } }"
                .formatted(name("root"), root.at("/claims/pageInfo/endCursor").asText()));
    assertThat(rest.at("/layer/claims/nodes")).hasSize(1);
  }
}
