package dev.germline.app.sharing;

import static dev.germline.app.http.ProblemAssert.assertProblem;
import static dev.germline.app.layers.Samples.foundation;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.TestApp.Answer;
import dev.germline.app.TestApp.As;
import dev.germline.app.layers.Samples;
import dev.germline.core.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is told what of a layer that theirs stand on. */
interface NoticesContract extends SharingServer {
  @Test
  default void dependentsAreToldWhatToDo() {
    String json =
        foundation(ns() + "/base@1.0.0")
            .json()
            .replace(
                "\"visibility\":\"public\"",
                "\"visibility\":\"public\",\"distribution\":{\"globallyAvailable\":false,"
                    + "\"p2pEnabled\":false,\"updatePropagation\":\"recommend\"}");
    assertThat(ada().post(LAYERS, json).status()).isEqualTo(201);
    assertThat(found(bob(), "reach=regional&namespace=" + ns())).hasSize(1);
    assertThat(found(bob(), "reach=global&namespace=" + ns())).isEmpty();
    publish(foundation(ns() + "/child@1.0.0").parent(ns() + "/base@1.0.0"));
    publish(foundation(ns() + "/hidden@1.0.0").parent(ns() + "/base@1.0.0").visibility("private"));
    String path = LAYERS + "/" + ns() + "/base/1.0.0/dependents?relation=EVOLVED_FROM";
    JsonNode before = bob().get(path).json();
    assertThat(before.get("items")).hasSize(1);
    assertThat(before.at("/items/0/advice").asText()).isEqualTo("nothing");
    publish(foundation(ns() + "/base@1.1.0"));
    JsonNode after = bob().get(path).json();
    assertThat(after.get("replacement").asText()).isEqualTo(ns() + "/base@1.1.0");
    assertThat(after.at("/items/0/advice").asText()).isEqualTo("should-replace");
    say(admin(), status("base", "revoked"));
    assertThat(bob().get(path).json().at("/items/0/advice").asText()).isEqualTo("must-replace");
    assertThat(ada().get(path).json().get("items")).hasSize(2);
  }

  @Test
  default void ownersAreToldOfWhatTheirsStandOn() {
    As cy = app().as("cy" + ns());
    As dee = app().as("dee" + ns());
    publish(cy, foundation(ns() + "/base@1.0.0"));
    publish(bob(), needing("tool", "base", true));
    publish(dee, needing("desk", "tool", false));
    publish(
        dee, foundation(ns() + "/voice@1.0.0").parent(ns() + "/tool@1.0.0").visibility("private"));
    publish(cy, foundation(ns() + "/vault@1.0.0").visibility("whitelist", "bob"));
    publish(bob(), needing("box", "vault", true));
    publish(dee, needing("crate", "box", true));
    assertThat(notices(dee, "open")).isEmpty();

    // Without a policy a yank is told to nobody, a revocation to all who may know.
    say(cy, status("base", "yanked"));
    assertThat(notices(dee, "open")).isEmpty();
    JsonNode impact = stated(cy, status("base", "revoked")).get("impact");
    assertThat(impact.get("layers").asInt()).isEqualTo(2);
    assertThat(impact.get("owners").asInt()).isEqualTo(2);
    assertThat(impact.get("complete").asBoolean()).isTrue();
    assertThat(impact.get("nearest").toString())
        .contains(ns() + "/tool@1.0.0", ns() + "/desk@1.0.0")
        .doesNotContain("voice");
    JsonNode told = notices(dee, "open").get(0);
    assertThat(told.get("layer").asText()).isEqualTo(ns() + "/base@1.0.0");
    assertThat(told.get("cause").asText()).isEqualTo("revoked");
    assertThat(told.get("advice").asText()).isEqualTo("must-replace");
    assertThat(told.get("affected").asInt()).isEqualTo(2);
    assertThat(told.get("reason").asText()).isEqualTo("so");
    assertThat(told.get("by").asText()).isEqualTo("cy" + ns());
    assertThat(told.at("/layers/0/distance").asInt()).isEqualTo(2);
    assertThat(notices(cy, "open")).isEmpty();

    say(cy, status("vault", "revoked"));
    assertThat(notices(dee, "open")).hasSize(1);
    String vault = ns() + "/vault@1.0.0";
    assertThat(bob().get("/api/v1/notices?limit=100").text()).contains(vault);
    assertThat(dee.get("/api/v1/notices?view=all").text()).doesNotContain(vault);

    String one = "/api/v1/notices/" + told.get("id").asText() + "/acknowledge";
    assertProblem(cy.post(one, ""), 404, Fault.NOT_FOUND);
    Answer known = dee.post(one, "");
    assertThat(known.status()).as(known.text()).isEqualTo(200);
    String at = known.json().get("acknowledgedAt").asText();
    assertThat(dee.post(one, "").json().get("acknowledgedAt").asText()).isEqualTo(at);
    assertThat(notices(dee, "open")).isEmpty();
    say(cy, status("base", "active"));
    assertThat(notices(dee, "open").get(0).get("cause").asText()).isEqualTo("restored");
    assertThat(notices(dee, "all")).hasSize(2);
    assertThat(dee.get("/api/v1/notices?view=all&limit=1").json().has("nextCursor")).isTrue();
    assertProblem(dee.get("/api/v1/notices?view=mine"), 400, Fault.INVALID_REQUEST);
    assertProblem(dee.get("/api/v1/notices?limit=0"), 400, Fault.INVALID_REQUEST);
  }

  @Test
  default void aPolicyDecidesWhoHearsOfANewerVersion() {
    As cy = app().as("cy" + ns());
    String policy =
        "\"visibility\":\"public\",\"distribution\":{\"globallyAvailable\":false,"
            + "\"p2pEnabled\":false,\"updatePropagation\":\"recommend\"}";
    for (String name : List.of("told", "quiet")) {
      String json = foundation(ns() + "/" + name + "@1.0.0").json();
      Answer answer =
          ada()
              .post(
                  LAYERS,
                  name.equals("told") ? json.replace("\"visibility\":\"public\"", policy) : json);
      assertThat(answer.status()).as(answer.text()).isEqualTo(201);
      publish(cy, needing("on-" + name, name, true));
      publish(foundation(ns() + "/" + name + "@1.1.0").parent(ns() + "/" + name + "@1.0.0"));
    }
    JsonNode told = notices(cy, "open");
    assertThat(told).hasSize(1);
    assertThat(told.at("/0/layer").asText()).isEqualTo(ns() + "/told@1.1.0");
    assertThat(told.at("/0/cause").asText()).isEqualTo("newer");
    assertThat(told.at("/0/advice").asText()).isEqualTo("should-replace");
    say(ada(), status("told", "yanked"));
    assertThat(notices(cy, "open").at("/0/cause").asText()).isEqualTo("yanked");
  }

  private static JsonNode notices(As caller, String view) {
    Answer answer = caller.get("/api/v1/notices?limit=100&view=" + view);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().get("items");
  }

  private Samples.Draft needing(String name, String needed, boolean required) {
    return foundation(ns() + "/" + name + "@1.0.0")
        .member(
            "\"dependencies\":[{\"layer\":\"%s/%s\",\"versions\":\"*\",\"dependencyType\":\"base\",\"strength\":1,\"required\":%s}]"
                .formatted(ns(), needed, required));
  }
}
