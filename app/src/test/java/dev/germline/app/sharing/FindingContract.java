package dev.germline.app.sharing;

import static dev.germline.app.http.ProblemAssert.assertProblem;
import static dev.germline.app.layers.Samples.foundation;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.TestApp.Answer;
import dev.germline.app.layers.Samples;
import dev.germline.core.Fault;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is found, and by whom. */
interface FindingContract extends SharingServer {
  @Test
  default void layersAreFoundByWordsAndByLikeness() {
    publish(described("reviewer", "Reviews pull requests of TypeScript projects thoroughly"));
    publish(described("poet", "Writes sonnets about the sea in Portuguese"));
    publish(described("other", "Answers questions about tax law politely"));

    assertThat(found(bob(), "q=sonnets&namespace=" + ns())).containsExactly(ns() + "/poet@1.0.0");
    assertThat(found(bob(), "q=typescripting+reviewer&namespace=" + ns()).getFirst())
        .isEqualTo(ns() + "/reviewer@1.0.0");
    assertThat(found(bob(), "namespace=" + ns()))
        .containsExactly(ns() + "/other@1.0.0", ns() + "/poet@1.0.0", ns() + "/reviewer@1.0.0");
    assertThat(found(bob(), "q=zzzzqqqq&namespace=" + ns())).isEmpty();
    JsonNode item = bob().get("/api/v1/find?q=sonnets&namespace=" + ns()).json().at("/items/0");
    assertThat(item.get("origin").asText()).isEqualTo("local");
    assertThat(item.get("score").asInt()).isPositive();
  }

  @Test
  default void filtersNarrowWhatIsFound() {
    publish(
        foundation(ns() + "/a@1.0.0")
            .member("\"capabilities\":[\"code-review\"]")
            .member("\"description\":\"first\""));
    publish(foundation(ns() + "/b@1.0.0").member("\"description\":\"second\""));
    assertThat(found(bob(), "capability=code-review&namespace=" + ns()))
        .containsExactly(ns() + "/a@1.0.0");
    assertThat(found(bob(), "type=lora&namespace=" + ns())).isEmpty();
    assertThat(found(bob(), "type=foundation&limit=1&namespace=" + ns())).hasSize(1);
    assertThat(found(bob(), "license=MIT&namespace=" + ns())).isEmpty();
    assertThat(found(bob(), "commercialUse=true&namespace=" + ns())).isEmpty();
    assertThat(found(bob(), "metric=" + encode("retrieval:ndcg@10>=0.5") + "&namespace=" + ns()))
        .isEmpty();
    for (double value : new double[] {0.4, 0.8}) {
      Answer measured =
          bob()
              .post(
                  LAYERS + "/" + ns() + "/b/1.0.0/measurements",
                  "{\"taskType\":\"retrieval\",\"metricType\":\"ndcg@10\",\"value\":"
                      + value
                      + "}");
      assertThat(measured.status()).as(measured.text()).isEqualTo(201);
    }
    assertThat(found(bob(), "metric=" + encode("retrieval:ndcg@10>=0.5") + "&namespace=" + ns()))
        .containsExactly(ns() + "/b@1.0.0");
    assertThat(found(bob(), "metric=" + encode("retrieval:ndcg@10<=0.5") + "&namespace=" + ns()))
        .isEmpty();
    for (String wrong :
        List.of("limit=0", "limit=101", "scope=moon", "status=odd", "metric=x", "type=odd")) {
      assertThat(bob().get("/api/v1/find?" + wrong).status()).as(wrong).isBetween(400, 422);
    }
    assertThat(bob().get("/api/v1/find?scope=global&namespace=" + ns()).json().get("peers"))
        .isEmpty();

    say(ada(), status("a", "yanked"));
    assertThat(found(bob(), "namespace=" + ns())).containsExactly(ns() + "/b@1.0.0");
    assertThat(found(bob(), "status=yanked&namespace=" + ns())).containsExactly(ns() + "/a@1.0.0");
  }

  @Test
  default void whatIsHiddenIsNotFound() {
    publish(described("secret", "An unmistakable xylophone").visibility("private"));
    publish(described("shared", "Another xylophone").visibility("whitelist", "bob"));
    assertThat(found(ada(), "q=xylophone&namespace=" + ns())).hasSize(2);
    assertThat(found(bob(), "q=xylophone&namespace=" + ns()))
        .containsExactly(ns() + "/shared@1.0.0");
    assertThat(found(app().as("cy"), "q=xylophone&namespace=" + ns())).isEmpty();
    assertThat(found(app().as("cy"), "namespace=" + ns())).isEmpty();
    String hidden = LAYERS + "/" + ns() + "/secret/1.0.0";
    assertProblem(bob().post(hidden + "/validate", ""), 404, Fault.LAYER_NOT_FOUND);
    assertProblem(
        bob().post(hidden + "/submissions", offer("bob", "1")), 404, Fault.LAYER_NOT_FOUND);
  }

  private Samples.Draft described(String name, String description) {
    return foundation(ns() + "/" + name + "@1.0.0")
        .member("\"description\":\"" + description + "\"");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
