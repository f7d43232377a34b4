package dev.germline.app.graphql;

import static dev.germline.app.layers.Samples.foundation;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.TestApp.Answer;
import dev.germline.app.layers.Samples;
import dev.germline.core.Fault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What feels it when layers are taken back, who is told, and what validations found before. */
interface TakenBackContract extends OverGraphQl {
  @Test
  default void anImpactHasTheLayersAndAssembliesThatOneMaySee() {
    publish(foundation(name("base")));
    publish(foundation(name("child")).parent(name("base")));
    publish(foundation(name("leaf")).parent(name("child")));
    publish(foundation(name("hidden")).parent(name("base")).visibility("private"));
    assemble("pair", "public", "base", "child");
    assemble("far", "public", "leaf");
    assemble("mine", "private", "base");
    assemble("veiled", "public", "hidden");
    String query =
        """
        { impact(layer: "%s") { layerCount owners assemblyCount complete
            layers(first: %d) { nodes { distance required layer { name metrics { mean } } } pageInfo { hasNextPage endCursor } }
            assemblies(first: %d) { nodes { name through distance assembly { outcome parts { name } } } } } }
        """;
    JsonNode seen = data(bob(), query.formatted(name("base"), 10, 10)).get("impact");
    assertThat(seen.get("layerCount").asInt()).isEqualTo(2);
    assertThat(seen.get("owners").asInt()).isEqualTo(1);
    assertThat(seen.get("complete").asBoolean()).isTrue();
    assertThat(seen.at("/layers/nodes/1/layer/name").asText()).isEqualTo(name("leaf"));
    assertThat(seen.at("/layers/nodes/1/distance").asInt()).isEqualTo(2);
    assertThat(seen.get("assemblyCount").asInt()).isEqualTo(2);
    assertThat(seen.at("/assemblies/nodes/0/name").asText()).isEqualTo(name("pair"));
    assertThat(seen.at("/assemblies/nodes/0/assembly/parts")).hasSize(2);
    assertThat(seen.at("/assemblies/nodes/1/through").asText()).isEqualTo(name("leaf"));
    assertThat(seen.toString()).doesNotContain("hidden", "mine", "veiled");
    Statements few = statements(query.formatted(name("base"), 1, 1));
    Statements many = statements(query.formatted(name("base"), 10, 10));
    assertThat(few.data().at("/impact/layers/pageInfo/hasNextPage").asBoolean()).isTrue();
    assertThat(many.sql()).as(many.toString()).hasSameSizeAs(few.sql());
    assertThat(many.graph()).isEmpty();
    JsonNode rest =
        data(
            bob(),
            "{ impact(layer: \"%s\") { layers(after: \"%s\") { nodes { layer { name } } } } }"
                .formatted(
                    name("base"), few.data().at("/impact/layers/pageInfo/endCursor").asText()));
    assertThat(rest.at("/impact/layers/nodes").findValuesAsText("name"))
        .containsExactly(name("leaf"));
    assertCode(ask(bob(), query.formatted(name("hidden"), 1, 1)), Fault.LAYER_NOT_FOUND);
    assertCode(ask(bob(), query.formatted(name("base"), 1000, 1)), Fault.INVALID_REQUEST);
  }

  @Test
  default void ownersReadTheirNoticesAndSayThatTheyKnow() {
    for (String base : List.of("one", "two", "three")) {
      publish(foundation(name(base)));
      for (String mine : List.of("x", "y")) {
        Answer answer =
            bob().post("/api/v1/layers", foundation(name(base + mine)).parent(name(base)).json());
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
      }
      JsonNode stated =
          data(
                  ada(),
                  "mutation($claim: JSON!) { stateClaim(claim: $claim) { impact { layerCount } } }",
                  Map.of(
                      "claim",
                      Map.of(
                          "kind",
                          "STATUS",
                          "subject",
                          Map.of("layer", name(base)),
                          "status",
                          "revoked",
                          "reason",
                          "leaks")))
              .get("stateClaim");
      assertThat(stated.at("/impact/layerCount").asInt()).isEqualTo(2);
    }
    String page =
        """
        { notices(first: %d) { nodes { id cause advice name by reason affected acknowledgedAt
            layer { status } layers { nodes { distance layer { name } } } } pageInfo { hasNextPage endCursor } } }
        """;
    data(bob(), page.formatted(3)); // tells of what is new
    Statements few = statements(page.formatted(1));
    Statements many = statements(page.formatted(3));
    assertThat(many.sql()).as(many.toString()).hasSameSizeAs(few.sql());
    JsonNode newest = many.data().at("/notices/nodes/0");
    assertThat(newest.get("name").asText()).isEqualTo(name("three"));
    assertThat(newest.get("cause").asText()).isEqualTo("REVOKED");
    assertThat(newest.get("advice").asText()).isEqualTo("MUST_REPLACE");
    assertThat(newest.get("by").asText()).isEqualTo("ada");
    assertThat(newest.get("reason").asText()).isEqualTo("leaks");
    assertThat(newest.at("/layer/status").asText()).isEqualTo("REVOKED");
    assertThat(newest.at("/layers/nodes")).hasSize(2);
    assertThat(newest.at("/layers/nodes").findValuesAsText("name"))
        .containsExactlyInAnyOrder(name("threex"), name("threey"));
    JsonNode second =
        data(
            bob(),
            "{ notices(first: 1, after: \"%s\") { nodes { name } } }"
                .formatted(few.data().at("/notices/pageInfo/endCursor").asText()));
    assertThat(second.at("/notices/nodes/0/name").asText()).isEqualTo(name("two"));

    String know =
        "mutation { acknowledgeNotice(id: \"%s\") { acknowledgedAt } }"
            .formatted(newest.get("id").asText());
    assertCode(ask(ada(), know), Fault.NOT_FOUND);
    assertThat(data(bob(), know).at("/acknowledgeNotice/acknowledgedAt").isTextual()).isTrue();
    String names = "{ notices(open: %s, first: 100) { nodes { name } } }";
    assertThat(data(bob(), names.formatted(true)).toString()).doesNotContain(name("three"));
    assertThat(data(bob(), names.formatted(false)).toString()).contains(name("three"));
    assertThat(data(ada(), names.formatted(false)).toString()).doesNotContain(name("three"));
  }

  @Test
  default void keptReportsAreFieldsOfLayers() {
    String file = ada().upload(Samples.safetensors(100));
    for (String layer : List.of("a", "b", "c")) {
      publish(foundation(name(layer)).file("model.safetensors", file));
      for (String level : List.of("basic", "thorough", "basic")) {
        Answer answer =
            ada()
                .post(
                    "/api/v1/layers/" + ns() + "/" + layer + "/1.0.0/validate?level=" + level, "");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      }
      ada().post("/api/v1/layers/" + ns() + "/" + layer + "/1.0.0/validate", "");
    }
    String page =
        """
        { layers(namespace: "%s", first: %d) { nodes { name validations(current: false, first: 3) {
            nodes { id level outcome validatedBy counts checks { check outcome detail } }
            pageInfo { hasNextPage endCursor } } } } }
        """;
    statements(page.formatted(ns(), 1));
    Statements few = statements(page.formatted(ns(), 1));
    Statements many = statements(page.formatted(ns(), 10));
    assertThat(many.sql()).as(many.toString()).hasSameSizeAs(few.sql());
    JsonNode reports = many.data().at("/layers/nodes/0/validations");
    assertThat(many.data().at("/layers/nodes")).hasSize(3);
    assertThat(reports.get("nodes")).hasSize(3);
    assertThat(reports.at("/nodes/0/validatedBy").asText()).isEqualTo("ada");
    assertThat(reports.at("/nodes/0/checks")).hasSize(3);
    assertThat(reports.at("/nodes/0/checks/0/outcome").asText()).isEqualTo("PASSED");
    assertThat(reports.at("/nodes/0/checks/0/detail").isNull()).isTrue(); // ada's to read
    assertThat(reports.findValuesAsText("counts")).containsExactly("true", "false", "true");
    assertThat(reports.at("/pageInfo/hasNextPage").asBoolean()).isTrue();
    String alone =
        "{ layer(name: \"%s\") { validations(%s) { nodes { level checks { detail } } } } }";
    JsonNode rest =
        data(
            ada(),
            alone.formatted(
                name("c"),
                "current: false, after: \"" + reports.at("/pageInfo/endCursor").asText() + "\""));
    assertThat(rest.at("/layer/validations/nodes")).hasSize(1);
    assertThat(rest.at("/layer/validations/nodes/0/checks/0/detail").asText()).isNotEmpty();
    assertThat(
            data(bob(), alone.formatted(name("c"), "first: 10"))
                .at("/layer/validations/nodes")
                .findValuesAsText("level"))
        .containsExactly("BASIC", "THOROUGH");
    assertCode(ask(bob(), alone.formatted(name("c"), "after: \"bm9uZQ\"")), Fault.INVALID_REQUEST);
  }

  private void assemble(String name, String visibility, String... layers) {
    Answer answer =
        ada()
            .post(
                "/api/v1/assemblies",
                "{\"name\":\"%s\",\"visibility\":\"%s\",\"layers\":[%s]}"
                    .formatted(
                        name(name),
                        visibility,
                        String.join(
                            ",",
                            List.of(layers).stream()
                                .map(layer -> "{\"layer\":\"" + ns() + "/" + layer + "\"}")
                                .toList())));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
  }
}
