package dev.germline.app.sharing;

import static dev.germline.app.http.ProblemAssert.assertProblem;
import static dev.germline.app.layers.Samples.foundation;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.TestApp.Answer;
import dev.germline.app.layers.Samples;
import dev.germline.core.Fault;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a validation checks, and which reports are kept. */
interface ValidationContract extends SharingServer {
  @Test
  default void aValidationSaysWhatItChecked() {
    String good = ada().upload(Samples.safetensors(64));
    publish(
        foundation(ns() + "/good@1.0.0")
            .file("model.safetensors", good)
            .member(
                "\"performance\":{\"benchmarkScores\":[{\"benchmark\":\"mteb\","
                    + "\"metric\":\"ndcg@10\",\"value\":0.5}]}"));
    JsonNode basic = validate("good", "basic");
    assertThat(basic.get("outcome").asText()).isEqualTo("passed");
    assertThat(basic.get("checks")).hasSize(3);
    JsonNode thorough = validate("good", "thorough");
    assertThat(outcome(thorough, "licences")).isEqualTo("failed");
    assertThat(outcome(thorough, "finite")).isEqualTo("passed");
    JsonNode all = validate("good", "comprehensive");
    assertThat(outcome(all, "benchmarks")).isEqualTo("not checked");

    String bad = ada().upload(floats(1, Float.NaN, 2, Float.POSITIVE_INFINITY));
    publish(foundation(ns() + "/bad@1.0.0").file("model.safetensors", bad));
    JsonNode report = validate("bad", "thorough");
    assertThat(report.get("outcome").asText()).isEqualTo("failed");
    assertThat(outcome(report, "finite")).isEqualTo("failed");
    assertThat(report.toString()).contains("w: 2 numbers are NaN or infinite");
    assertProblem(
        bob().post(LAYERS + "/" + ns() + "/bad/1.0.0/validate?level=deep", ""),
        400,
        Fault.INVALID_REQUEST);
  }

  @Test
  default void reportsAreKeptAndTheNewestOfALevelCounts() {
    publish(foundation(ns() + "/kept@1.0.0").file("m.safetensors", ada().upload(floats(1, 2))));
    String layer = LAYERS + "/" + ns() + "/kept/1.0.0";
    for (String level : List.of("basic", "thorough", "basic", "thorough", "basic")) {
      validate("kept", level);
    }
    assertThat(admin().post(layer + "/validate?level=basic", "").status()).isEqualTo(200);
    JsonNode all = bob().get(layer + "/validations?view=all").json().get("items");
    assertThat(all).hasSize(6);
    JsonNode current = bob().get(layer + "/validations").json().get("items");
    assertThat(current).hasSize(2);
    assertThat(current.at("/0/level").asText()).isEqualTo("basic");
    assertThat(current.at("/0/validatedBy").asText()).isEqualTo("admin");
    assertThat(current.at("/1/level").asText()).isEqualTo("thorough");
    assertThat(current.at("/1/outcome").asText()).isEqualTo("failed");
    // What an admin's report says in words may be about what bob does not see.
    assertThat(current.at("/0/checks/0").has("detail")).isFalse();
    assertThat(current.at("/1/checks/0").has("detail")).isTrue();
    assertThat(admin().get(layer + "/validations").json().at("/items/0/checks/0").has("detail"))
        .isTrue();
    publish(foundation(ns() + "/unseen@1.0.0").visibility("private"));
    assertProblem(
        bob().get(LAYERS + "/" + ns() + "/unseen/1.0.0/validations"), 404, Fault.LAYER_NOT_FOUND);
    assertProblem(bob().get(layer + "/validations?view=x"), 400, Fault.INVALID_REQUEST);
  }

  @Test
  default void aLicenceKeepsTheTermsOfAllThatALayerDescendsFrom() {
    publish(licensed("gpl", "GPL-3.0-only", true));
    publish(licensed("middle", "GPL-3.0-only", true).parent(ns() + "/gpl@1.0.0"));
    publish(licensed("loose", "Apache-2.0", true).parent(ns() + "/middle@1.0.0"));
    publish(licensed("research", "CC-BY-NC-4.0", false));
    publish(licensed("shop", "MIT", true).parent(ns() + "/research@1.0.0"));
    publish(licensed("lab", "CC-BY-NC-4.0", false).parent(ns() + "/research@1.0.0"));
    publish(licensed("odd", "LicenseRef-of-mine", true));
    assertThat(outcome(validate("middle", "thorough"), "licences")).isEqualTo("passed");
    JsonNode loose = validate("loose", "thorough");
    assertThat(outcome(loose, "licences")).isEqualTo("failed");
    assertThat(loose.toString()).contains("only under GPL-3.0");
    JsonNode shop = validate("shop", "thorough");
    assertThat(outcome(shop, "licences")).isEqualTo("failed");
    assertThat(shop.toString()).contains("does not allow commercial use");
    assertThat(outcome(validate("lab", "thorough"), "licences")).isEqualTo("passed");
    assertThat(outcome(validate("odd", "thorough"), "licences")).isEqualTo("not checked");
  }

  private Samples.Draft licensed(String name, String spdx, boolean commercial) {
    return foundation(ns() + "/" + name + "@1.0.0").license(spdx, commercial);
  }

  private JsonNode validate(String layer, String level) {
    Answer answer =
        bob().post(LAYERS + "/" + ns() + "/" + layer + "/1.0.0/validate?level=" + level, "");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private static String outcome(JsonNode report, String check) {
    for (JsonNode one : report.get("checks")) {
      if (one.get("check").asText().equals(check)) {
        return one.get("outcome").asText();
      }
    }
    return "no such check";
  }

  private static byte[] floats(float... values) {
    byte[] header =
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
            .formatted(values.length, 4 * values.length)
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(8 + header.length + 4 * values.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .put(header);
    for (float value : values) {
      file.putFloat(value);
    }
    return file.array();
  }
}
