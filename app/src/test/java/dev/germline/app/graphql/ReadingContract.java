package dev.germline.app.graphql;

import static dev.germline.app.layers.Samples.foundation;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.TestApp.Answer;
import dev.germline.app.layers.Samples;
import dev.germline.core.Fault;
import dev.germline.core.ledger.ProofBundle;
import dev.germline.core.merkle.Blake3;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Layers, their pages, and who may see them. */
interface ReadingContract extends OverGraphQl {
  @Test
  default void aLayerComesWithWhatItsRecordSays() {
    String blake3 = ada().upload(Samples.safetensors(100));
    publish(
        foundation(name("base"))
            .file("model.safetensors", blake3)
            .member("\"description\":\"a base\"")
            .member("\"capabilities\":[\"text-embedding\"]"));
    JsonNode layer =
        data(
                bob(),
                """
                query($name: String!) { layer(name: $name) {
                  id name digest type creator visibility status description record capabilities
                  files { nodes { path sizeBytes blake3 format metadata } pageInfo { hasNextPage } } } }
                """,
                Map.of("name", name("base")))
            .get("layer");
    assertThat(layer.get("name").asText()).isEqualTo(name("base"));
    assertThat(layer.get("type").asText()).isEqualTo("FOUNDATION");
    assertThat(layer.get("status").asText()).isEqualTo("ACTIVE");
    assertThat(layer.get("description").asText()).isEqualTo("a base");
    assertThat(layer.get("capabilities")).hasSize(1);
    assertThat(layer.get("record").get("provenance").get("creator").asText()).isEqualTo("ada");
    JsonNode file = layer.get("files").get("nodes").get(0);
    assertThat(file.get("blake3").asText()).isEqualTo(blake3);
    assertThat(file.get("metadata").get("tensors").asText()).isEqualTo("1");
    assertThat(layer.get("files").get("pageInfo").get("hasNextPage").asBoolean()).isFalse();
  }

  @Test
  default void aRecordComesByteForByte() {
    publish(foundation(name("base")));
    Answer answer = ask(bob(), "{ layer(name: \"%s\") { record digest } }".formatted(name("base")));
    String text = answer.text();
    String record =
        text.substring(text.indexOf("\"record\":") + 9, text.lastIndexOf(",\"digest\""));
    assertThat(Blake3.hash(record.getBytes(StandardCharsets.UTF_8)).toHex())
        .isEqualTo(answer.json().at("/data/layer/digest").asText());
  }

  @Test
  default void pagesFollowEachOther() {
    for (int i = 0; i < 5; i++) {
      publish(foundation(name("layer" + i)));
    }
    List<String> names = new ArrayList<>();
    String after = "null";
    for (int page = 0; page < 3; page++) {
      JsonNode layers =
          data(
                  bob(),
                  """
                  { layers(namespace: "%s", first: 2, after: %s) {
                      edges { cursor node { name } } pageInfo { hasNextPage hasPreviousPage endCursor } } }
                  """
                      .formatted(ns(), after))
              .get("layers");
      layers.get("edges").forEach(edge -> names.add(edge.at("/node/name").asText()));
      assertThat(layers.at("/pageInfo/hasNextPage").asBoolean()).isEqualTo(page < 2);
      assertThat(layers.at("/pageInfo/hasPreviousPage").asBoolean()).isEqualTo(page > 0);
      after = layers.at("/pageInfo/endCursor").toString();
    }
    assertThat(names)
        .containsExactly(
            name("layer4"), name("layer3"), name("layer2"), name("layer1"), name("layer0"));
    assertCode(
        ask(bob(), "{ layers(first: 1, after: \"!\") { nodes { name } } }"), Fault.INVALID_REQUEST);
    assertCode(ask(bob(), "{ layers(first: 201) { nodes { name } } }"), Fault.INVALID_REQUEST);
  }

  @Test
  default void whoMayNotSeeALayerSeesItInNoField() {
    publish(foundation(name("a")));
    publish(foundation(name("hidden")).parent(name("a")).visibility("private"));
    publish(foundation(name("c")).parent(name("hidden")));
    String query =
        """
        { layers(namespace: "%s") { nodes { name } }
          versions(namespace: "%s", name: "a") { nodes { name } }
          a: layer(name: "%s") { name children { nodes { name } } relations { nodes { from to } }
            descendants { totalCount edges { node { name } via { from to } } }
            claims(current: false) { nodes { fact { from to record } } } }
          c: layer(name: "%s") { name parents { nodes { name } } relations { nodes { from to } }
            ancestors { totalCount edges { node { name } via { from to } } }
            claims { nodes { fact { from to } } } } }
        """
            .formatted(ns(), ns(), name("a"), name("c"));
    assertThat(ask(ada(), query).text()).contains("hidden").doesNotContain("errors");
    Answer bobs = ask(bob(), query);
    assertThat(bobs.text()).doesNotContain("hidden").doesNotContain("errors");
    assertThat(bobs.json().at("/data/a/descendants/totalCount").asInt()).isZero();
    Answer direct = ask(bob(), "{ layer(name: \"%s\") { name } }".formatted(name("hidden")));
    Answer missing = ask(bob(), "{ layer(name: \"%s\") { name } }".formatted(name("missing")));
    assertCode(direct, Fault.LAYER_NOT_FOUND);
    assertThat(direct.json().at("/errors/0/message").asText().replace("hidden", "missing"))
        .isEqualTo(missing.json().at("/errors/0/message").asText());
  }

  @Test
  default void stateRootsAndProofsAreThere() {
    publish(foundation(name("base")));
    JsonNode data =
        data(
            bob(),
            """
            { layer(name: "%s") { proof ledgerSequence }
              ledger { sequence projectedSequence root { documents signatureV2 }
                stateRoots(first: 1) { nodes { sequence recordHash } pageInfo { hasNextPage } } } }
            """
                .formatted(name("base")));
    ProofBundle proof =
        ProofBundle.fromJson(data.at("/layer/proof").toString().getBytes(StandardCharsets.UTF_8));
    assertThat(proof.entries()).hasSize(1);
    assertThat(data.at("/ledger/sequence").asLong())
        .isGreaterThanOrEqualTo(data.at("/layer/ledgerSequence").asLong());
    assertThat(data.at("/ledger/stateRoots/nodes")).hasSize(1);
  }
}
