package dev.germline.app.graphql;

import static dev.germline.app.layers.Samples.foundation;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.germline.core.Fault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What can be changed. */
interface ChangingContract extends OverGraphQl {
  ObjectMapper JSON = new ObjectMapper();

  @Test
  default void layersAndClaimsAreWritten() throws Exception {
    String publish =
        """
        mutation($record: JSON!) { publishLayer(record: $record) {
            fresh ledgerSequence projected layer { name record } } }
        """;
    for (String layer : List.of("one", "two")) {
      JsonNode made =
          data(ada(), publish, Map.of("record", JSON.readTree(foundation(name(layer)).json())))
              .get("publishLayer");
      assertThat(made.get("fresh").asBoolean()).isTrue();
      assertThat(made.get("projected").asBoolean()).isTrue();
      assertThat(made.at("/layer/name").asText()).isEqualTo(name(layer));
    }
    JsonNode claim =
        data(
                ada(),
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
            bob(),
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
        ask(bob(), publish, Map.of("record", JSON.readTree(foundation(name("one") + "-x").json()))),
        Fault.FORBIDDEN);
  }
}
