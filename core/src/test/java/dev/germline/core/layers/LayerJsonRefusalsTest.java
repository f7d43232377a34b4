package dev.germline.core.layers;

import static dev.germline.core.layers.LayerRecords.COMPLETE;
import static dev.germline.core.layers.LayerRecords.LORA;
import static dev.germline.core.layers.LayerRecords.assertRefused;
import static dev.germline.core.layers.LayerRecords.bytes;
import static dev.germline.core.layers.LayerRecords.edited;
import static dev.germline.core.layers.LayerRecords.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records that are no layers. */
class LayerJsonRefusalsTest {
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
}
