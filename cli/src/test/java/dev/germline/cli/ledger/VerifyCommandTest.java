package dev.germline.cli.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.CommandLineRun;
import dev.germline.cli.FakeRegistry;
import dev.germline.cli.server.Json;
import dev.germline.core.layers.Layer;
import dev.germline.core.layers.LayerJson;
import dev.germline.core.ledger.DeviceKey;
import dev.germline.core.ledger.ProofBundle;
import dev.germline.core.ledger.StateRoot;
import dev.germline.core.merkle.Changes;
import dev.germline.core.merkle.EntityLeaf;
import dev.germline.core.merkle.Forest;
import dev.germline.core.substrate.Document;
import dev.germline.core.weights.FileDigests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
  private static final DeviceKey DEVICE = DeviceKey.fromSeed(new byte[32]);
  private static final byte[] WEIGHTS = "not really weights".getBytes(StandardCharsets.UTF_8);
  private static final byte[] CARD = "# a card".getBytes(StandardCharsets.UTF_8);

  @TempDir Path home;
  private byte[] bundle = new byte[0];

  @BeforeEach
  void aLayerItsBundleAndItsKey() throws IOException {
    bundle = bundle("layers/a/b@1.0.0", OfflineVerification.LAYER_MIME);
    Files.write(home.resolve("proof.json"), bundle);
    Files.writeString(home.resolve("key.pub"), DEVICE.verifier().toPem());
    Files.createDirectories(home.resolve("files/docs"));
    Files.write(home.resolve("files/weights.bin"), WEIGHTS);
    Files.write(home.resolve("files/docs/card.md"), CARD);
  }

  private static byte[] bundle(String path, String mime) {
    byte[] record = LayerJson.canonical(layer());
    Document document =
        Document.of(
            path, dev.germline.core.merkle.Blake3.hash(record), List.of(), 1L, record.length, mime);
    Document other =
        Document.of(
            "x",
            dev.germline.core.merkle.Blake3.hash(CARD),
            List.of(),
            1L,
            CARD.length,
            "text/plain");
    Forest forest =
        Forest.empty()
            .apply(
                new Changes(
                    Stream.of(document, other)
                        .map(EntityLeaf::of)
                        .sorted((a, b) -> a.ref().compareTo(b.ref()))
                        .toList(),
                    List.of()));
    return new ProofBundle(
            DEVICE.sign(StateRoot.first(forest.roots(), 1_700_000_000_000L, DEVICE.id())),
            List.of(ProofBundle.prove(forest, document, record)))
        .toJson();
  }

  private static Layer layer() {
    String json =
        """
        {"type":"foundation","name":"a/b@1.0.0",
         "provenance":{"creator":"me","createdAt":"2026-01-01T00:00:00Z","method":"training"},
         "sharing":{"visibility":"private"},
         "baseModel":{"family":"custom","size":"small","contextWindow":8,"parameterCount":10},
         "pretraining":{},"files":[%s,%s]}
        """
            .formatted(file("weights.bin", WEIGHTS), file("docs/card.md", CARD));
    return LayerJson.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String file(String path, byte[] bytes) {
    FileDigests.Result digests = FileDigests.of(bytes);
    return """
    {"path":"%s","sizeBytes":%d,"blake3":"%s","sha256":"%s","gitSha1":"%s","format":"other"}\
    """
        .formatted(path, bytes.length, digests.blake3(), digests.sha256(), digests.gitSha1());
  }

  private CommandLineRun verify(String... more) {
    String[] arguments = {
      "verify", home.resolve("proof.json").toString(), "--key", home.resolve("key.pub").toString()
    };
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return CommandLineRun.of(home, Map.of(), all);
  }

  private String files() {
    return home.resolve("files").toString();
  }

  @Test
  void theLayersOwnFilesVerify() {
    CommandLineRun run = verify(files());
    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("verified", "a/b@1.0.0", "weights.bin", "docs/card.md");
  }

  @Test
  void whetherALayerWasRevokedSinceIsAskedOfTheServer() throws IOException {
    try (FakeRegistry registry = new FakeRegistry()) {
      String digest = dev.germline.core.merkle.Blake3.hash(LayerJson.canonical(layer())).toHex();
      String answer = "{\"name\":\"a/b@1.0.0\",\"digest\":\"%s\",\"status\":\"%s\"}";
      String[] asked = {files(), "--current", "--server=" + registry.url()};
      registry.answers.put("/api/v1/layers/a/b/1.0.0", answer.formatted(digest, "active"));
      assertThat(verify(asked).exit()).isZero();
      registry.answers.put("/api/v1/layers/a/b/1.0.0", answer.formatted(digest, "revoked"));
      CommandLineRun revoked = verify(asked);
      assertThat(revoked.exit()).isEqualTo(1);
      assertThat(revoked.out()).contains("NOT VERIFIED", "status    revoked");
      assertThat(verify(files()).exit()).isZero();
      registry.answers.put("/api/v1/layers/a/b/1.0.0", answer.formatted("0".repeat(64), "active"));
      assertThat(verify(asked).err()).contains("another a/b@1.0.0 than the bundle proves");
    }
  }

  @Test
  void theKeyMayComeInAnyForm() throws IOException {
    String base64 = Base64.getEncoder().encodeToString(DEVICE.verifier().rawKey());
    Files.write(home.resolve("raw"), DEVICE.verifier().rawKey());
    Files.writeString(home.resolve("text"), base64 + "\n");
    Files.writeString(home.resolve("json"), "{\"publicKey\":\"" + base64 + "\"}");
    for (String key : List.of(base64, "raw", "text", "json")) {
      String given = key.equals(base64) ? key : home.resolve(key).toString();
      CommandLineRun run =
          CommandLineRun.of(
              home, Map.of(), "verify", home.resolve("proof.json").toString(), "--key", given);
      assertThat(run.exit()).as(key + run.err()).isZero();
    }
    CommandLineRun none =
        CommandLineRun.of(
            home, Map.of(), "verify", home.resolve("proof.json").toString(), "--key", "nonsense");
    assertThat(none.exit()).isEqualTo(2);
  }

  @Test
  void aFlippedBitInAFileIsNamedWithTheHashesThatDiffer() throws IOException {
    byte[] flipped = WEIGHTS.clone();
    flipped[3] ^= 1;
    Files.write(home.resolve("files/weights.bin"), flipped);
    CommandLineRun run = verify(files());
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            "NOT VERIFIED", "DIFFERS   weights.bin", "BLAKE3 is", "SHA-256 is", "git SHA-1 is")
        .doesNotContain("DIFFERS   docs/card.md");
    JsonNode json = json(verify(files(), "--json"));
    assertThat(json.path("valid").asBoolean()).isFalse();
    assertThat(json.findValuesAsText("standing")).containsExactly("ok", "differs");
  }

  private static JsonNode json(CommandLineRun run) throws IOException {
    return Json.read(run.out().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void missingAndShorterFilesFail() throws IOException {
    Files.write(home.resolve("files/weights.bin"), Arrays.copyOf(WEIGHTS, 5));
    Files.delete(home.resolve("files/docs/card.md"));
    CommandLineRun run = verify(files());
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).contains("size is 5", "MISSING");
  }

  @Test
  void extraFilesAreNamedAndFailOnlyWhenStrict() throws IOException {
    Files.writeString(home.resolve("files/run-me.py"), "evil");
    CommandLineRun run = verify(files());
    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("extra", "run-me.py");
    assertThat(verify(files(), "--strict").exit()).isEqualTo(1);
  }

  @Test
  void singleFilesAreMatchedByTheirPath() throws IOException {
    assertThat(verify(home.resolve("files/weights.bin").toString()).exit()).isZero();
    assertThat(verify(home.resolve("files/docs/card.md").toString()).exit()).isZero();
    Path stranger = Files.writeString(home.resolve("stranger"), "x");
    assertThat(verify(stranger.toString()).exit()).isEqualTo(2);
  }

  @Test
  void everyChangedByteOfTheBundleIsRefused() {
    for (int i = 0; i < bundle.length; i++) {
      byte[] changed = bundle.clone();
      changed[i] ^= 1;
      assertThat(OfflineVerification.check(changed, DEVICE.verifier()))
          .as("byte %d, %s", i, (char) bundle[i])
          .isInstanceOf(OfflineVerification.Outcome.Refuted.class);
    }
  }

  @Test
  void aChangedBundleOnDiskIsOneWithoutATrace() throws IOException {
    byte[] changed = bundle.clone();
    changed[changed.length / 2] ^= 1;
    Files.write(home.resolve("proof.json"), changed);
    CommandLineRun run = verify(files());
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).contains("NOT VERIFIED");
    assertThat(json(verify("--json")).path("valid").asBoolean(true)).isFalse();
    Files.writeString(home.resolve("proof.json"), "not json");
    assertThat(verify().exit()).isEqualTo(1);
  }

  @Test
  void anotherDevicesKeyIsRefused() throws IOException {
    byte[] seed = new byte[32];
    seed[0] = 1;
    Files.writeString(home.resolve("key.pub"), DeviceKey.fromSeed(seed).verifier().toPem());
    CommandLineRun run = verify(files());
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).contains("device");
  }

  @Test
  void aRecordUnderAnotherNameIsRefused() {
    assertThat(
            OfflineVerification.check(
                bundle("layers/a/other@1.0.0", OfflineVerification.LAYER_MIME), DEVICE.verifier()))
        .isInstanceOf(OfflineVerification.Outcome.Refuted.class);
    assertThat(
            OfflineVerification.check(bundle("layers/a/b@1.0.0", "text/plain"), DEVICE.verifier()))
        .isInstanceOf(OfflineVerification.Outcome.Refuted.class);
  }
}
