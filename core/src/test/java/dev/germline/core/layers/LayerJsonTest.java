package dev.germline.core.layers;

import static dev.germline.core.layers.LayerRecords.COMPLETE;
import static dev.germline.core.layers.LayerRecords.LORA;
import static dev.germline.core.layers.LayerRecords.assertRefused;
import static dev.germline.core.layers.LayerRecords.bytes;
import static dev.germline.core.layers.LayerRecords.edited;
import static dev.germline.core.layers.LayerRecords.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Records of layers, read and written. */
class LayerJsonTest {
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
}
