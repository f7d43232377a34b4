package dev.germline.app.layers;

import static dev.germline.app.TestApp.unique;
import static dev.germline.app.http.ProblemAssert.assertProblem;
import static dev.germline.app.layers.Samples.foundation;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.TestApp;
import dev.germline.app.TestApp.Answer;
import dev.germline.app.TestApp.As;
import dev.germline.core.Fault;
import dev.germline.core.weights.ByteSource;
import dev.germline.core.weights.Safetensors;
import dev.germline.core.weights.TensorSpan;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Single tensors over HTTP. */
final class TensorsIT {
  private static final String ODD = "a/b c.weight..é?#";
  private static final byte[] LARGE = ModelFile.weights(1_500_000, 1);
  private static final byte[] SMALL = ModelFile.weights(6, 2);

  private final TestApp app = TestApp.get();
  private final As ada = app.as("ada");
  private final As bob = app.as("bob");
  private final String ns = unique("ns");

  private String layer(String visibility) {
    byte[] one =
        new ModelFile()
            .tensor("large", "F32", "[1000,1500]", LARGE)
            .tensor(ODD, "F32", "[2,3]", SMALL)
            .tensor("none", "F32", "[0]", new byte[0])
            .tensor("both", "U8", "[2]", new byte[] {1, 2})
            .bytes();
    byte[] two = new ModelFile().tensor("both", "U8", "[1]", new byte[] {3}).bytes();
    Answer answer =
        ada.post(
            "/api/v1/layers",
            foundation(ns + "/model@1.0.0")
                .visibility(visibility)
                .file("one.safetensors", ada.upload(one))
                .file("sub/two.safetensors", ada.upload(two))
                .file("README.md", ada.upload(new byte[] {'#'}))
                .json());
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return "/api/v1/layers/" + ns + "/model/1.0.0/tensors";
  }

  private static String odd() {
    return "/a%2Fb%20c.weight..%C3%A9%3F%23";
  }

  @Test
  void theTensorsOfAllFilesAreListed() {
    String tensors = layer("public");
    JsonNode items = bob.get(tensors).json().get("items");
    assertThat(items).hasSize(5);
    assertThat(items.get(0).toString())
        .isEqualTo(
            "{\"file\":\"one.safetensors\",\"name\":\"large\",\"dtype\":\"F32\","
                + "\"shape\":[1000,1500],\"bytes\":6000000}");
    assertThat(items.get(1).get("name").asText()).isEqualTo(ODD);
    assertThat(bob.get(tensors + "?file=sub/two.safetensors").json().get("items")).hasSize(1);
    assertThat(bob.get(tensors + "?file=README.md").json().get("items")).isEmpty();
    assertProblem(bob.get(tensors + "?file=x"), 404, Fault.FILE_NOT_FOUND);
  }

  @Test
  void aTensorIsReadAsRawBytesOrPartsOfThem() {
    String tensors = layer("public");
    Answer whole = bob.get(tensors + "/large");
    assertThat(whole.status()).isEqualTo(200);
    assertThat(whole.body()).isEqualTo(LARGE);
    assertThat(whole.header("content-type")).isEqualTo("application/octet-stream");
    assertThat(whole.header("tensor-dtype")).isEqualTo("F32");
    assertThat(whole.header("tensor-shape")).isEqualTo("[1000,1500]");
    String etag = String.valueOf(whole.header("etag"));

    Answer part = bob.get(tensors + "/large", "Range", "bytes=4194300-4194309", "If-Range", etag);
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(LARGE, 4194300, 4194310));
    assertThat(part.header("content-range")).isEqualTo("bytes 4194300-4194309/6000000");
    assertThat(bob.get(tensors + "/large", "If-None-Match", etag).status()).isEqualTo(304);
    assertThat(bob.get(tensors + "/large", "Range", "bytes=6000000-").status()).isEqualTo(416);
    Answer head = bob.send("HEAD", tensors + "/large", null);
    assertThat(head.header("content-length")).isEqualTo("6000000");
    assertThat(head.header("etag")).isEqualTo(etag);

    assertThat(bob.get(tensors + odd()).body()).isEqualTo(SMALL);
    assertThat(bob.get(tensors + "/none").body()).isEmpty();
  }

  @Test
  void aTensorIsReadAsASafetensorsFileOfItsOwn() throws IOException {
    String tensors = layer("public");
    Answer file = bob.get(tensors + odd(), "Accept", "application/vnd.safetensors");
    assertThat(file.status()).as(file.text()).isEqualTo(200);
    assertThat(file.header("content-type")).isEqualTo("application/vnd.safetensors");
    Safetensors read = Safetensors.read("x.safetensors", ByteSource.of(file.body()));
    TensorSpan tensor = read.tensors().getFirst();
    assertThat(tensor.name()).isEqualTo(ODD);
    assertThat(tensor.shape()).containsExactly(2L, 3L);
    assertThat(Arrays.copyOfRange(file.body(), (int) tensor.begin(), (int) tensor.end()))
        .isEqualTo(SMALL);
    assertThat(file.header("etag")).isNotEqualTo(bob.get(tensors + odd()).header("etag"));

    Answer large = bob.get(tensors + "/large?format=safetensors");
    byte[] all = large.body();
    Answer part =
        bob.get(tensors + "/large?format=safetensors", "Range", "bytes=10-" + (all.length - 1000));
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(all, 10, all.length - 999));
    assertThat(bob.get(tensors + odd(), "Accept", "*/*;q=0.5, application/octet-stream").body())
        .isEqualTo(SMALL);
    assertProblem(bob.get(tensors + "/large?format=x"), 400, Fault.INVALID_REQUEST);
  }

  @Test
  void aNameThatSeveralFilesHaveWantsTheFile() {
    String tensors = layer("public");
    Answer both = bob.get(tensors + "/both");
    assertProblem(both, 409, Fault.TENSOR_AMBIGUOUS);
    assertThat(both.json().get("detail").asText())
        .contains("one.safetensors", "sub/two.safetensors");
    assertThat(bob.get(tensors + "/both?file=sub%2Ftwo.safetensors").body()).containsExactly(3);
    assertProblem(bob.get(tensors + "/missing"), 404, Fault.TENSOR_NOT_FOUND);
    assertProblem(
        bob.get(tensors + "/large?file=sub/two.safetensors"), 404, Fault.TENSOR_NOT_FOUND);
  }

  @Test
  void whatSafetensorsHasNoTypeForIsRefusedAndReadRaw() {
    byte[] gguf = gguf();
    ada.post(
        "/api/v1/layers", foundation(ns + "/quant@1.0.0").file("m.gguf", ada.upload(gguf)).json());
    String tensors = "/api/v1/layers/" + ns + "/quant/1.0.0/tensors";
    Answer refused = ada.get(tensors + "/q", "Accept", "application/vnd.safetensors");
    assertProblem(refused, 406, Fault.TENSOR_NOT_CONVERTIBLE);
    assertThat(refused.json().get("detail").asText()).contains("Q8_0");
    Answer raw = ada.get(tensors + "/q");
    assertThat(raw.header("tensor-dtype")).isEqualTo("Q8_0");
    assertThat(raw.body()).hasSize(68);
    assertThat(ada.get(tensors + "/n?format=safetensors").status()).isEqualTo(200);
  }

  private static byte[] gguf() {
    java.nio.ByteBuffer out =
        java.nio.ByteBuffer.allocate(256).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {'G', 'G', 'U', 'F'}).putInt(3).putLong(2).putLong(0);
    out.putLong(1).put((byte) 'q').putInt(1).putLong(64).putInt(8).putLong(0);
    out.putLong(1).put((byte) 'n').putInt(1).putLong(4).putInt(0).putLong(96);
    int start = Math.ceilDiv(out.position(), 32) * 32;
    return Arrays.copyOf(out.array(), start + 96 + 16);
  }

  @Test
  void aPrivateLayersTensorsDoNotExistForOthers() {
    String tensors = layer("private");
    assertProblem(bob.get(tensors), 404, Fault.LAYER_NOT_FOUND);
    assertProblem(bob.get(tensors + "/large"), 404, Fault.LAYER_NOT_FOUND);
    assertThat(ada.get(tensors + "/both?file=one.safetensors").body()).containsExactly(1, 2);
  }
}
