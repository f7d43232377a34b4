package dev.germline.core.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Layer records as clients send them, and as they should not. */
final class LayerRecords {
  /** An adapter. */
  static final String LORA =
      """
      {
        "schema": "germline.layer/1",
        "type": "lora",
        "name": "acme/llama-3.1-8b-typescript@1.0.0",
        "description": "TypeScript review",
        "capabilities": ["code-review"],
        "dependencies": [
          {"layer": "meta/llama-3.1-8b", "versions": "^1.0.0", "dependencyType": "base-model",
           "strength": 1, "required": true}
        ],
        "provenance": {
          "creator": "ada", "createdAt": "2026-03-03T12:00:00Z", "method": "training",
          "parents": [
            {"layer": "meta/llama-3.1-8b@1.0.0", "digest": "%1$s", "evolutionType": "adapter",
             "confidence": 0.9, "improvementMetrics": {"pass@1": 0.12}}
          ],
          "trainingData": [{"name": "bigcode/the-stack-v2"}]
        },
        "sharing": {
          "visibility": "public",
          "license": {"spdx": "LicenseRef-llama3.1", "commercialUse": true,
                      "attribution": "Built with Llama"}
        },
        "resources": {"memoryMb": 64},
        "synergies": [{"target": {"layer": "acme/lint@2.0.0", "digest": "%1$s"},
                       "synergyStrength": 0.5, "emergentCapabilities": ["autofix"]}],
        "conflicts": [{"target": {"layer": "acme/pirate@1.0.0", "digest": "%1$s"},
                       "conflictType": "style", "severity": 0.2}],
        "files": [
          {"path": "adapter_model.safetensors", "sizeBytes": 13648688, "blake3": "%1$s",
           "sha256": "%1$s", "gitSha1": "%2$s", "format": "safetensors",
           "metadata": {"tensors": "128"}},
          {"path": "adapter_config.json", "sizeBytes": 700, "blake3": "%1$s", "sha256": "%1$s",
           "gitSha1": "%2$s", "format": "peft-config"}
        ],
        "loraConfig": {"rank": 16, "alpha": 32, "targetModules": ["q_proj", "v_proj"],
                       "dropoutRate": 0.05},
        "adaptation": {"trainingSteps": 1000, "learningRate": 2e-4},
        "specialization": {"primaryDomain": "typescript", "skillLevel": "expert"}
      }
      """
          .formatted("ab".repeat(32), "cd".repeat(20));

  /** A foundation with all that a record may say. */
  static final String COMPLETE =
      """
      {
        "type": "foundation", "name": "acme/complete@1.0.0",
        "provenance": {
          "creator": "ada", "createdAt": "2026-03-03T12:00:00Z", "method": "evolution",
          "evolutionEvents": [{"at": "2026-03-01T00:00:00Z", "kind": "pruning"}],
          "validation": {
            "testingProcedure": "held-out", "qualityMetrics": {"f1": 0.8},
            "peerReview": [{"reviewer": "bob", "at": "2026-03-02T00:00:00Z", "rating": 0.9}],
            "safetyValidation": {"procedure": "red team", "passed": true}
          },
          "contributions": [
            {"contributor": "ada", "role": "training", "share": "0.75"},
            {"contributor": "bob", "role": "data", "share": "0.25"}
          ]
        },
        "sharing": {
          "visibility": "public", "restrictedDomains": ["medical"],
          "license": {"spdx": "Apache-2.0", "commercialUse": true, "type": "open-source",
                      "uri": "https://www.apache.org/licenses/LICENSE-2.0"},
          "economicModel": {
            "pricing": {"unit": "session", "price": {"amount": "0.002", "currency": "USD"}},
            "revenueSharing": [{"recipient": "ada", "share": "0.9"},
                               {"recipient": "house", "share": "0.1"}],
            "contributorRewards": {"pool": "0.5", "basis": "shares"}
          },
          "distribution": {"globallyAvailable": true, "p2pEnabled": false,
                           "mirrorNodes": ["https://mirror.example.org"],
                           "updatePropagation": "notify"}
        },
        "architecture": {"name": "BertModel", "hiddenSize": 384, "precision": "f32"},
        "integration": {"method": "adapter", "attachesTo": ["q_proj"]},
        "performance": {
          "accuracy": {"retrieval": 0.9}, "latency": {"retrieval": 12},
          "computeUsage": {"memoryMb": 130},
          "validationResults": [{"validator": "ada", "validatedAt": "2026-03-02T00:00:00Z",
                                 "level": "thorough", "passed": true}],
          "benchmarkScores": [{"benchmark": "mteb", "metric": "ndcg@10", "value": 0.5168}],
          "userFeedback": {"ratings": 3, "meanRating": 0.8}
        },
        "compatibility": {"contextWindow": 512,
                          "frameworks": [{"name": "transformers", "versions": ">=4.40"}]},
        "validation": {"outcome": "passed", "level": "basic"},
        "baseModel": {"family": "custom", "size": "small", "contextWindow": 512,
                      "parameterCount": 33000000},
        "pretraining": {"cutoffDate": "2026-01-01", "languages": ["en"]}
      }
      """;

  private static final ObjectMapper PLAIN = new ObjectMapper();

  private LayerRecords() {}

  /** Asserts that a record is refused for this, in these words and none of our inside. */
  static void assertRefused(byte[] json, Fault fault, String... details) {
    assertThatThrownBy(() -> LayerJson.parse(json))
        .isInstanceOfSatisfying(
            GermlineException.class,
            refused -> {
              assertThat(refused.fault()).as(refused.detail()).isEqualTo(fault);
              assertThat(refused.detail()).doesNotContain("dev.germline", "jackson");
              for (String detail : details) {
                assertThat(refused.detail()).contains(detail);
              }
            });
  }

  /** The adapter with something else at one place. */
  static byte[] set(String pointer, String json) {
    int slash = pointer.lastIndexOf('/');
    String member = pointer.substring(slash + 1);
    // By text, so that values which a tree cannot hold (1e999) reach the parser as written.
    return bytes(
        new String(
                edited(tree -> {
                  JsonNode parent = tree.at(pointer.substring(0, slash));
                  if (parent instanceof ArrayNode array) {
                    array.set(Integer.parseInt(member), "@@");
                  } else {
                    ((ObjectNode) parent).put(member, "@@");
                  }
                }),
                StandardCharsets.UTF_8)
            .replace("\"@@\"", json));
  }

  /** The adapter with some members edited. */
  static byte[] edited(Consumer<ObjectNode> edit) {
    try {
      ObjectNode tree = (ObjectNode) PLAIN.readTree(LORA);
      edit.accept(tree);
      return PLAIN.writeValueAsBytes(tree);
    } catch (JsonProcessingException impossible) {
      throw new AssertionError(impossible);
    }
  }

  static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
