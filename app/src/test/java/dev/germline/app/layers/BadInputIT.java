package dev.germline.app.layers;

import static dev.germline.app.TestApp.unique;
import static dev.germline.app.http.ProblemAssert.assertProblem;
import static dev.germline.app.layers.Samples.foundation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.app.TestApp;
import dev.germline.app.TestApp.Answer;
import dev.germline.app.TestApp.As;
import dev.germline.app.ledger.Ledger;
import dev.germline.core.Fault;
import dev.germline.core.merkle.Blake3;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a layer is said, and nothing of it is stored. */
final class BadInputIT {
  private static final String LAYERS = "/api/v1/layers";

  private final TestApp app = TestApp.get();
  private final As ada = app.as("ada");
  private final String ns = unique("bad");
  private final long before = app.bean(Ledger.class).head().sequence();

  @AfterEach
  void nothingIsStored() {
    assertThat(app.bean(Ledger.class).head().sequence()).isEqualTo(before);
    assertThat(app.as("admin").get(LAYERS + "?namespace=" + ns).json().get("items")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "null", "{\"a\":1,\"a\":2}", "{} {}", "{\"a\":\"\u0000\"}"})
  void brokenJson(String json) {
    Answer answer = ada.post(LAYERS, json);
    assertProblem(answer, 400, json.isEmpty() ? Fault.INVALID_REQUEST : Fault.MALFORMED_JSON);
  }

  @Test
  void jsonTooDeep() {
    assertProblem(ada.post(LAYERS, "{\"a\":" + "[".repeat(5000)), 413, Fault.LIMIT_EXCEEDED);
  }

  @Test
  void anUnknownType() {
    refused(422, Fault.INVALID_LAYER, draft().json().replace("\"foundation\"", "\"brain\""));
  }

  @Test
  void anUnknownMember() {
    refused(422, Fault.INVALID_LAYER, draft().member("\"colour\":\"blue\"").json());
  }

  @Test
  void aMissingMember() {
    refused(422, Fault.INVALID_LAYER, draft().json().replace("\"contextWindow\":512,", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1", "1.0", "v1.0.0", "1.0.0+build", "01.0.0", "1.0.0-", "latest", "1.0.0/../.."})
  void aBadVersion(String version) {
    refused(400, Fault.INVALID_NAME, foundation(ns + "/l@" + version).json());
  }

  @ParameterizedTest
  @ValueSource(strings = {"NoCaps/l@1.0.0", "../l@1.0.0", "a/b/c@1.0.0", "l@1.0.0", "a/@1.0.0"})
  void aBadName(String name) {
    refused(400, Fault.INVALID_NAME, foundation(name).json());
  }

  @Test
  void itselfAsParent() {
    refused(409, Fault.LINEAGE_CYCLE, draft().parent(ns + "/l@1.0.0").json());
    refused(409, Fault.LINEAGE_CYCLE, draft().parent(ns + "/l@1.0.0", "ab".repeat(32)).json());
  }

  @Test
  void aParentThatIsNotThere() {
    refused(422, Fault.PARENT_NOT_FOUND, draft().parent(ns + "/none@1.0.0").json());
    refused(
        422, Fault.PARENT_NOT_FOUND, draft().parent(ns + "/none@1.0.0", "ab".repeat(32)).json());
  }

  @Test
  void aBlobThatWasNotUploaded() {
    refused(404, Fault.BLOB_NOT_FOUND, draft().file("f.bin", "ab".repeat(32)).json());
  }

  @Test
  void aDigestThatIsNone() {
    refused(400, Fault.INVALID_ID, draft().file("f.bin", "xyz").json());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../etc/passwd",
        "/etc/passwd",
        "a/../../b",
        "a//b",
        ".",
        "C:/x",
        "a\\\\b",
        "a\\u0000b",
        "a\\u202eb",
        ""
      })
  void aPathOutOfTheLayer(String path) {
    refused(400, Fault.INVALID_NAME, draft().file(path, upload("x")).json());
  }

  @Test
  void aPathInTheUrlOutOfTheLayer() {
    for (String path : new String[] {"..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/x", "a%00b"}) {
      Answer answer = ada.get(LAYERS + "/" + ns + "/l/1.0.0/files/" + path);
      assertThat(answer.status()).as(path + " " + answer.text()).isBetween(400, 404);
    }
  }

  @Test
  void theSamePathTwice() {
    String blob = upload("x");
    refused(422, Fault.INVALID_LAYER, draft().file("f.bin", blob).file("F.bin", blob).json());
  }

  @Test
  void anEmptyFile() {
    String empty = Blake3.hash(new byte[0]).toHex();
    assertProblem(ada.send("PUT", "/api/v1/blobs/" + empty, new byte[0]), 422, Fault.FILE_INVALID);
    refused(404, Fault.BLOB_NOT_FOUND, draft().file("f.bin", empty).json());
  }

  @Test
  void tenThousandFiles() {
    String blob = upload("x");
    Samples.Draft draft = draft();
    for (int i = 0; i < 10_000; i++) {
      draft.file("f" + i, blob);
    }
    refused(413, Fault.LIMIT_EXCEEDED, draft.json());
  }

  @Test
  void weightsThatBreakTheRulesOfTheirFormat() {
    byte[] good = Samples.safetensors(64);
    byte[] trailing = Arrays.copyOf(good, good.length + 1);
    Answer answer = ada.post(LAYERS, draft().file("model.safetensors", upload(trailing)).json());
    assertThat(assertProblem(answer, 422, Fault.FILE_INVALID).get("detail").asText())
        .contains("model.safetensors");
    refused(
        422,
        Fault.FILE_INVALID,
        draft().file("model.safetensors", upload(Arrays.copyOf(good, 6))).json());
  }

  @Test
  void whatTheClientSaysOfAFileMustBeSo() {
    String json =
        draft().file("f.bin", upload("x")).json().replace("\"path\"", "\"sizeBytes\":7,\"path\"");
    refused(422, Fault.HASH_MISMATCH, json);
  }

  private Samples.Draft draft() {
    return foundation(ns + "/l@1.0.0");
  }

  private void refused(int status, Fault fault, String json) {
    assertProblem(ada.post(LAYERS, json), status, fault);
  }

  private String upload(String text) {
    return upload((ns + text).getBytes(StandardCharsets.UTF_8));
  }

  private String upload(byte[] bytes) {
    return app.as("ada").upload(bytes);
  }
}
