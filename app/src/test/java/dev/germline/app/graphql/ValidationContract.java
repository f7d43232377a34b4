package dev.germline.app.graphql;

import static dev.germline.app.layers.Samples.foundation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.layers.Samples;
import dev.germline.core.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Layers looked at now. */
interface ValidationContract extends OverGraphQl {
  @Test
  default void aValidationTellsOfEachOfItsSteps() {
    publish(
        foundation(name("base"))
            .file("model.safetensors", ada().upload(Samples.safetensors(100)))
            .visibility("private"));
    String query =
        """
        subscription { validationProgress(name: "%s", level: THOROUGH) {
          done layer { name } check { check outcome detail } report { outcome level checks { check } } } }
        """
            .formatted(name("base"));
    List<String> steps = new CopyOnWriteArrayList<>();
    try (Listening stream = new Listening(app(), token("ada"), query, steps)) {
      await().atMost(Duration.ofSeconds(30)).until(() -> steps.size() >= 9);
      assertThat(stream.status()).isEqualTo(200);
    }
    assertThat(steps.get(0)).contains("\"done\":0", "\"check\":null", "\"report\":null");
    assertThat(steps.get(1)).contains("\"done\":1", "\"check\":\"schema\"", "PASSED");
    assertThat(steps.get(2)).contains("\"check\":\"hashes\"");
    assertThat(steps.get(8)).contains("\"done\":7", "\"level\":\"THOROUGH\"", "\"finite\"");

    JsonNode report =
        data(
                ada(),
                "mutation { validateLayer(name: \"%s\") { outcome validatedAt checks { check outcome } } }"
                    .formatted(name("base")))
            .get("validateLayer");
    assertThat(report.get("outcome").asText()).isEqualTo("PASSED");
    assertThat(report.get("checks")).hasSize(3);

    List<String> refused = new CopyOnWriteArrayList<>();
    try (Listening stream = new Listening(app(), token("bob"), query, refused)) {
      await().atMost(Duration.ofSeconds(30)).until(() -> !refused.isEmpty());
      assertThat(stream.status()).isEqualTo(200);
    }
    assertThat(refused.getFirst()).contains(Fault.LAYER_NOT_FOUND.name());
  }
}
