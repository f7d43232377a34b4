package dev.germline.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.faults.Api.Answer;
import dev.germline.embedded.stores.Part;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** docs/life-of-a-fact.md, "When something dies": the graph is a projection, not a gate. */
@ExtendWith(OneMachine.class)
final class Neo4jDownIT {
  private final Random random = new Random(4);

  @Test
  void writesAndTheRegistryGoOnAndTheGraphCatchesUpByItself(Machine machine) throws Exception {
    Api api = machine.api();
    Push parent = Push.random("graph/parent", Optional.empty(), random);
    assertThat(parent.send(api).status()).isEqualTo(201);
    Machine.awaitProjection(api);

    machine.stores().kill(Part.NEO4J);

    Push child = Push.random("graph/child", Optional.of("graph/parent"), random);
    Push grandchild = Push.random("graph/grandchild", Optional.of("graph/child"), random);
    for (Push push : new Push[] {child, grandchild}) {
      Answer answer = push.send(api);
      assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
      assertThat(answer.header("Ledger-Projected")).isEqualTo("false");
    }
    Answer list = api.get("/api/v1/layers?namespace=graph");
    assertThat(list.status()).as(list.toString()).isEqualTo(200);
    assertThat(list.json().get("items").findValuesAsText("name"))
        .contains(parent.name(), child.name(), grandchild.name());
    assertThat(api.get(child.path()).status()).isEqualTo(200);
    assertThat(api.get(child.path() + "/proof").status()).isEqualTo(200);
    assertThat(api.get(child.path() + "/files/part-0.dat").body())
        .isEqualTo(child.files().get("part-0.dat"));
    for (String question : new String[] {"/ancestors", "/descendants", "/edges"}) {
      Answer answer = api.get(child.path() + question);
      assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
      assertThat(answer.code()).isIn("STORE_UNAVAILABLE", "PROJECTION_BEHIND");
      assertThat(answer.header("Retry-After")).isNotEmpty();
    }
    assertThat(api.get("/health").json().get("status").asText()).isEqualTo("DEGRADED");
    assertThat(api.get("/health").status()).isEqualTo(200);
    assertThat(api.get("/health/liveness").status()).isEqualTo(200);
    assertThat(head(api).get("projectedSequence").asLong())
        .isLessThan(head(api).get("sequence").asLong());

    machine.stores().restart(Part.NEO4J);

    Machine.awaitProjection(api);
    assertThat(
            api.get(grandchild.path() + "/ancestors").json().get("nodes").findValuesAsText("name"))
        .containsExactly(child.name(), parent.name());
    for (Push push : new Push[] {parent, child, grandchild}) {
      Machine.assertComplete(api, push);
    }
    Machine.assertClean(api);
  }

  private static JsonNode head(Api api) throws IOException {
    return api.get("/api/v1/ledger").json();
  }
}
