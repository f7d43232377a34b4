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
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerJsonTest {
  private static final ObjectMapper PLAIN = new ObjectMapper();
  private static final String DIGEST = "ab".repeat(32);
  private static final String LORA =
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
          .formatted(DIGEST, "cd".repeat(20));

  @Test
  void readsALoraLayerWithAllItsParts() {
    Layer layer = LayerJson.parse(bytes(LORA));

    assertThat(layer).isInstanceOf(LoraLayer.class);
    assertThat(layer.type()).isEqualTo(LayerType.LORA);
    assertThat(layer.name()).hasToString("acme/llama-3.1-8b-typescript@1.0.0");
    assertThat(((LoraLayer) layer).loraConfig().rank()).isEqualTo(16);
    assertThat(layer.manifest().provenance().parents().getFirst().improvementMetrics())
        .containsEntry("pass@1", 0.12);
    assertThat(layer.manifest().files())
        .extracting(file -> file.path().value())
        .containsExactly("adapter_config.json", "adapter_model.safetensors");
  }

  /** Golden: a change here changes the identity of every layer and needs an ADR. */
  @Test
  void canonicalBytesOfAFoundationLayerAreFixed() {
    assertThat(new String(LayerJson.canonical(Layers.bge("1.5.0")), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"baseModel\":{\"architecture\":\"BertModel\",\"contextWindow\":512,\"family\":\"custom\","
                + "\"parameterCount\":33360000,\"size\":\"small\"},"
                + "\"capabilities\":[\"text-embedding\",\"retrieval\"],"
                + "\"description\":\"A small English text embedding model\","
                + "\"files\":[{\"blake3\":\""
                + Layers.digestOf("model.onnx").toHex()
                + "\",\"format\":\"onnx\","
                + "\"gitSha1\":\"0123456789abcdef0123456789abcdef01234567\","
                + "\"metadata\":{\"irVersion\":\"7\"},\"path\":\"model.onnx\",\"sha256\":\""
                + Layers.digestOf("sha256 of model.onnx").toHex()
                + "\",\"sizeBytes\":133093490}],"
                + "\"name\":\"baai/bge-small-en@1.5.0\","
                + "\"pretraining\":{\"cutoffDate\":\"2023-08-05\",\"dataset\":[{\"name\":\"the-pile\"}],"
                + "\"languages\":[\"en\"]},"
                + "\"provenance\":{\"createdAt\":\"2026-03-03T12:00:00.123Z\",\"creator\":\"ada\","
                + "\"method\":\"training\"},"
                + "\"schema\":\"germline.layer/1\","
                + "\"sharing\":{\"license\":{\"commercialUse\":true,\"spdx\":\"MIT\"},"
                + "\"visibility\":\"public\"},\"type\":\"foundation\"}");
  }

  @Test
  void aDraftGetsItsCreatorTimeAndPrivateSharing() {
    byte[] draft =
        edited(tree -> {
          tree.remove("sharing");
          ((ObjectNode) tree.get("provenance")).remove("creator");
          ((ObjectNode) tree.get("provenance")).remove("createdAt");
        });
    Instant now = Instant.parse("2026-11-21T10:00:00.123456Z");

    Layer layer = LayerJson.parseDraft(draft, "grace", now);

    assertThat(layer.manifest().provenance().creator()).isEqualTo("grace");
    assertThat(layer.manifest().provenance().createdAt())
        .isEqualTo(Instant.parse("2026-11-21T10:00:00.123Z"));
    assertThat(layer.manifest().sharing().visibility()).isEqualTo(Sharing.Visibility.PRIVATE);
    assertThatThrownBy(() -> LayerJson.parse(draft)).isInstanceOf(GermlineException.class);
  }

  @Test
  void aDraftKeepsWhatItsClientStated() {
    assertThat(LayerJson.parseDraft(bytes(LORA), "grace", Instant.EPOCH))
        .isEqualTo(LayerJson.parse(bytes(LORA)));
  }

  @Test
  void storedRecordsMayHaveMembersOfALaterVersion() {
    byte[] later =
        edited(tree -> {
          tree.put("telepathy", true);
          ((ObjectNode) tree.get("loraConfig")).put("useDora", true);
        });

    assertThat(LayerJson.parseStored(later)).isEqualTo(LayerJson.parse(bytes(LORA)));
    assertRefused(later, Fault.INVALID_LAYER, "there is no such member; known here: ");
    assertRefused(set("/telepathy", "1"), Fault.INVALID_LAYER, "$.telepathy", "loraConfig");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /type                                 | "plasmid"   | INVALID_LAYER | type is 'plasmid'; give one of: foundation, lora, memory, specialization, communication
          /type                                 | 7           | INVALID_LAYER | $.type: the value is '7'
          /schema                               | "germline.layer/9" | INVALID_LAYER | give "germline.layer/1"
          /name                                 | "acme/x@1.0" | INVALID_NAME | $.name: version '1.0' is not a semantic version
          /name                                 | "acme/x@v1.0.0" | INVALID_NAME | 'v1.0.0'
          /name                                 | "ACME/x@1.0.0" | INVALID_NAME | namespace 'ACME'
          /name                                 | "acme"      | INVALID_NAME | 'acme' is not namespace/name@version
          /name                                 | {}          | INVALID_LAYER | $.name: the value is not a text
          /name                                 | null        | INVALID_LAYER | name is missing
          /capabilities                         | "one"       | INVALID_LAYER | $.capabilities: the value is not a list
          /capabilities/0                       | null        | INVALID_LAYER | $.capabilities
          /capabilities/0                       | 5           | INVALID_LAYER | $.capabilities[0]
          /capabilities                         | ["a","a"]   | INVALID_LAYER | capabilities names 'a' twice
          /description                          | "\\u0000"   | INVALID_LAYER | description has the character U+0000
          /description                          | "\\ud800"   | INVALID_LAYER | description has the character U+D800
          /dependencies/0/versions              | "newest"    | INVALID_NAME  | $.dependencies[0].versions: version range 'newest'
          /dependencies/0/strength              | 1.5         | INVALID_LAYER | $.dependencies[0]: strength is 1.5; give a number from 0.0 to 1.0
          /dependencies/0/strength              | "1"         | INVALID_LAYER | $.dependencies[0].strength: the value is not a number
          /dependencies/0/required              | "true"      | INVALID_LAYER | $.dependencies[0].required: the value is not true or false
          /dependencies/0/required              | null        | INVALID_LAYER | $.dependencies[0].required
          /provenance/parents/0/confidence      | -0.1        | INVALID_LAYER | $.provenance.parents[0]: confidence is -0.1
          /provenance/parents/0/confidence      | 1e999       | INVALID_LAYER | $.provenance.parents[0]: confidence is Infinity
          /provenance/parents/0/digest          | "abc"       | INVALID_ID    | $.provenance.parents[0].digest
          /provenance/parents/0/digest          | null        | INVALID_LAYER | digest is missing
          /provenance/parents/0/layer           | "acme/llama-3.1-8b-typescript@1.0.0" | LINEAGE_CYCLE | cannot be its own parent
          /provenance/parents/0/evolutionType   | "Fine Tune" | INVALID_LAYER | evolutionType is 'Fine Tune'
          /provenance/method                    | "magic"     | INVALID_LAYER | $.provenance.method: the value is 'magic'; give one of: training, evolution, composition, transfer
          /provenance/method                    | 0           | INVALID_LAYER | $.provenance.method
          /provenance/createdAt                 | "yesterday" | INVALID_LAYER | $.provenance.createdAt: 'yesterday' is not read; give a time in UTC
          /provenance/createdAt                 | "+999999999-12-31T23:59:59Z" | INVALID_LAYER | createdAt is +999999999
          /sharing/visibility                   | "friends"   | INVALID_LAYER | give one of: public, private, organization, whitelist
          /sharing/visibility                   | "whitelist" | INVALID_LAYER | allowedUsers is empty
          /sharing/license/spdx                 | "MIT AND"   | INVALID_LAYER | license 'MIT AND' is not an SPDX expression
          /resources/memoryMb                   | 9007199254740992 | INVALID_LAYER | memoryMb is 9007199254740992
          /resources/memoryMb                   | 1.0         | INVALID_LAYER | $.resources.memoryMb: the value is not a whole number
          /loraConfig/rank                      | 0           | INVALID_LAYER | $.loraConfig: rank is 0; give a whole number from 1 to 65536
          /loraConfig/rank                      | 99999999999 | INVALID_LAYER | $.loraConfig.rank
          /loraConfig/targetModules             | []          | INVALID_LAYER | targetModules is empty
          /loraConfig                           | null        | INVALID_LAYER | loraConfig is missing
          /loraConfig                           | []          | INVALID_LAYER | $.loraConfig: the value is not an object
          /files/0/path                         | "../x"      | INVALID_NAME  | $.files[0].path: file path '../x' has the segment '..'
          /files/0/path                         | "adapter_config.json" | INVALID_LAYER | 'adapter_config.json' is given twice
          /files/0/path                         | "ADAPTER_config.json" | INVALID_LAYER | differ by case only
          /files/0/path                         | "adapter_config.json/x" | INVALID_LAYER | is also the folder
          /files/0/sizeBytes                    | 0           | FILE_INVALID  | 'adapter_model.safetensors' is 0 bytes long
          /files/0/format                       | "keras"     | INVALID_LAYER | $.files[0].format: the value is 'keras'; give one of: safetensors, gguf
          /files/0/gitSha1                      | "xyz"       | INVALID_ID    | $.files[0].gitSha1
          /manifest                             | {}          | INVALID_LAYER | $.manifest: there is no such member
          /rank                                 | 3           | INVALID_LAYER | $.rank: there is no such member
          """)
  void refusesWhatBreaksARuleAndSaysWhere(
      String pointer, String value, Fault fault, String expected) {
    assertRefused(set(pointer, value), fault, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"type":"lora"                | MALFORMED_JSON
          {"type":"lora","type":"lora"} | MALFORMED_JSON
          {} {}                         | MALFORMED_JSON
          []                            | MALFORMED_JSON
          ''                            | MALFORMED_JSON
          null                          | MALFORMED_JSON
          {"a":NaN}                     | MALFORMED_JSON
          {'a':1}                       | MALFORMED_JSON
          {"a":1,}                      | MALFORMED_JSON
          """)
  void refusesBytesThatAreNotOneJsonObject(String json, Fault fault) {
    assertRefused(bytes(json), fault);
  }

  @Test
  void refusesDuplicateKeysAtAnyDepth() {
    String twice = LORA.replace("\"memoryMb\": 64", "\"memoryMb\": 64, \"memoryMb\": 65");

    assertRefused(bytes(twice), Fault.MALFORMED_JSON, "memoryMb");
  }

  @Test
  void refusesOtherEncodingsThanUtf8() {
    assertRefused(LORA.getBytes(StandardCharsets.UTF_16), Fault.MALFORMED_JSON, "UTF-8");
    assertRefused(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}, Fault.MALFORMED_JSON);
  }

  @Test
  void refusesBombsByTheirLimits() {
    assertRefused(bytes("[".repeat(100_000)), Fault.LIMIT_EXCEEDED);
    assertRefused(bytes("{\"a\":" + "1".repeat(10_000) + "}"), Fault.LIMIT_EXCEEDED);
    assertRefused(bytes("{\"" + "a".repeat(10_000) + "\":1}"), Fault.LIMIT_EXCEEDED);
    assertRefused(new byte[Json.MAX_BYTES + 1], Fault.LIMIT_EXCEEDED, "at most");
  }

  @Test
  void refusesTenThousandFiles() {
    byte[] many =
        edited(tree -> {
          ArrayNode files = (ArrayNode) tree.get("files");
          JsonNode first = files.get(0);
          files.removeAll();
          for (int i = 0; i < 10_000; i++) {
            files.add(((ObjectNode) first.deepCopy()).put("path", "part-" + i));
          }
        });

    assertRefused(many, Fault.LIMIT_EXCEEDED, "files has 10000 entries; at most 4096");
  }

  @Test
  void refusesOneParentNamedTwice() {
    byte[] twice =
        edited(tree -> {
          ArrayNode parents = (ArrayNode) tree.at("/provenance/parents");
          parents.add(parents.get(0).deepCopy());
        });

    assertRefused(twice, Fault.INVALID_LAYER, "$.provenance: parents names", "twice");
  }

  @Test
  void refusesADependencyOnItself() {
    assertRefused(
        set("/dependencies/0/layer", "\"acme/llama-3.1-8b-typescript\""),
        Fault.INVALID_LAYER,
        "itself");
  }

  private static void assertRefused(byte[] json, Fault fault, String... details) {
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

  private static byte[] set(String pointer, String json) {
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

  private static byte[] edited(Consumer<ObjectNode> edit) {
    try {
      ObjectNode tree = (ObjectNode) PLAIN.readTree(LORA);
      edit.accept(tree);
      return PLAIN.writeValueAsBytes(tree);
    } catch (JsonProcessingException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void everyMemberOfARecordComesBackFromItsCanonicalBytes() {
    byte[] sent = COMPLETE.getBytes(StandardCharsets.UTF_8);
    Layer layer = LayerJson.parse(sent);
    byte[] canonical = LayerJson.canonical(layer);

    assertThat(LayerJson.parse(canonical)).isEqualTo(layer);
    assertThat(LayerJson.canonical(LayerJson.parseStored(canonical))).isEqualTo(canonical);
    assertThat(new String(canonical, StandardCharsets.UTF_8))
        .contains(
            "\"share\":\"0.75\"",
            "\"updatePropagation\":\"notify\"",
            "\"type\":\"open-source\"",
            "\"outcome\":\"passed\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"share\": \"0.75\"|\"share\": \"0.7\"|together 0.95",
        "\"share\": \"0.75\"|\"share\": 0.75|not a text",
        ", \"share\": \"0.75\"||1 of the 2",
        "\"amount\": \"0.002\"|\"amount\": \"2e-3\"|amount is",
        "\"currency\": \"USD\"|\"currency\": \"usd\"|currency is",
        "\"retrieval\": 0.9|\"retrieval\": 1.9|accuracy.retrieval",
        "\"level\": \"basic\"|\"level\": \"deep\"|basic",
        "\"recipient\": \"house\"|\"recipient\": \"ada\"|twice",
      })
  void refusesMetadataThatBreaksARule(String good, String bad, String says) {
    String broken = COMPLETE.replace(good, bad == null ? "" : bad);
    assertThat(broken).isNotEqualTo(COMPLETE);
    assertThatThrownBy(() -> LayerJson.parse(broken.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(GermlineException.class)
        .hasMessageContaining(says);
  }

  private static final String COMPLETE =
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
}
