package dev.germline.cli.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.server.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FamilyTest {
  private static JsonNode answer(String edges, boolean truncated) throws IOException {
    String nodes =
        """
        {"root":{"name":"a/x@2.0.0","type":"lora","depth":0},
         "nodes":[{"name":"a/x@1.0.0","type":"lora","depth":1},{"name":"b/base@1.0.0","type":"foundation","depth":1}],
         "edges":[%s],"truncated":%s}
        """
            .formatted(edges, truncated);
    return Json.read(nodes.getBytes(StandardCharsets.UTF_8));
  }

  private static String edge(String from, String to, String how) {
    return """
    {"from":"%s","to":"%s","type":"EVOLVED_FROM","properties":{"evolutionType":"%s","confidence":0.9}}\
    """
        .formatted(from, to, how);
  }

  @Test
  void ancestorsAreDrawnBelowTheLayerAndSharedOnesOnce() throws IOException {
    JsonNode answer =
        answer(
            edge("a/x@2.0.0", "a/x@1.0.0", "finetune")
                + ","
                + edge("a/x@1.0.0", "b/base@1.0.0", "adapter")
                + ","
                + edge("a/x@2.0.0", "b/base@1.0.0", "adapter"),
            false);
    assertThat(Family.ancestors(answer).tree().lines())
        .containsExactly(
            "a/x@2.0.0  lora",
            "├── from a/x@1.0.0  lora  finetune, confidence 0.90",
            "│   └── from b/base@1.0.0  foundation  adapter, confidence 0.90",
            "└── from b/base@1.0.0  foundation  adapter, confidence 0.90 (shown elsewhere)");
  }

  @Test
  void descendantsFollowTheArrowsBackwards() throws IOException {
    JsonNode answer = answer(edge("a/x@1.0.0", "a/x@2.0.0", "merge"), true);
    assertThat(Family.descendants(answer).tree().lines())
        .containsExactly("a/x@2.0.0  lora", "└── into a/x@1.0.0  lora  merge, confidence 0.90");
    assertThat(Family.descendants(answer).truncated()).isTrue();
  }

  @Test
  void aCircleEnds() throws IOException {
    JsonNode answer =
        answer(
            edge("a/x@2.0.0", "a/x@1.0.0", "merge") + "," + edge("a/x@1.0.0", "a/x@2.0.0", "merge"),
            false);
    assertThat(Family.ancestors(answer).tree().lines()).hasSize(3);
  }
}
