package dev.germline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.server.Json;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.FileDigests;
import dev.germline.embedded.stores.Dist;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line against the real server on real stores. */
class RegistryIT {
  @TempDir static Path data = Path.of("");
  private static RealServer server = unstarted();

  @TempDir Path work = Path.of("");

  @SuppressWarnings("NullAway") // before the first test
  private static RealServer unstarted() {
    return null;
  }

  @BeforeAll
  static void start() throws IOException {
    server = RealServer.start(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static CommandLineRun ok(String... arguments) {
    CommandLineRun run = server.run(arguments);
    assertThat(run.exit()).as(String.join(" ", arguments) + "\n" + run.out() + run.err()).isZero();
    return run;
  }

  private static JsonNode json(CommandLineRun run) throws IOException {
    return Json.read(run.out().getBytes(StandardCharsets.UTF_8));
  }

  private Path model(String name, int size, long seed) throws IOException {
    Path folder = Files.createDirectories(work.resolve(name));
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    Files.write(folder.resolve("weights.bin"), bytes);
    Files.writeString(folder.resolve("README.md"), "# " + name);
    return folder;
  }

  private static void push(String name, Path folder, String... more) {
    String[] arguments = {
      "push", name, folder.toString(), "--type=foundation", "--parameters=10", "--context-window=8"
    };
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    ok(all);
  }

  @Test
  void anAssemblyIsLockedAndPulledByteForByte() throws IOException {
    Path base = model("asm-base", 300_000, 11);
    Path tone = model("asm-tone", 200_000, 12);
    push("asm/base@1.0.0", base, "--license=MIT");
    push("asm/tone@1.0.0", tone, "--license=MIT");
    push("asm/tone@1.1.0", base, "--license=MIT");
    Path spec = work.resolve("persona.yaml");
    Files.writeString(
        spec,
        """
        name: asm/mia@1.0.0
        layers:
          - {layer: asm/base, id: base}
          - {layer: asm/tone@~1.0, id: voice, weight: 0.7}
        persona: {identity: Mia, evolutionGoals: [patience]}
        """);
    assertThat(server.run("check", "asm/base", "asm/tone@1.0.0").exit()).isIn(0, 1);
    assertThat(ok("resolve", "asm/base", "asm/tone").out()).contains("asm/tone@1.1.0");
    assertThat(server.run("resolve", "asm/base", "asm/tone@^2").exit()).isEqualTo(2);
    assertThat(ok("assemble", spec.toString()).out()).contains("asm/mia@1.0.0", "asm/tone@1.0.0");

    Path lock = work.resolve("mia.lock");
    ok("lock", "asm/mia@1.0.0", "-o", lock.toString());
    Path into = work.resolve("mia");
    JsonNode pulled = json(ok("pull", "--lock", lock.toString(), into.toString(), "--json"));
    assertThat(pulled.path("layers").asInt()).isEqualTo(2);
    assertThat(into.resolve("asm/tone@1.0.0/weights.bin"))
        .hasSameBinaryContentAs(tone.resolve("weights.bin"));
    assertThat(into.resolve("asm/base@1.0.0/weights.bin"))
        .hasSameBinaryContentAs(base.resolve("weights.bin"));

    Files.writeString(lock, Files.readString(lock).replace("asm/tone@1.0.0", "asm/tone@1.1.0"));
    CommandLineRun changed = server.run("pull", "--lock", lock.toString(), into.toString());
    assertThat(changed.exit()).isNotZero();
    assertThat(changed.err()).contains("it was changed");

    Path merge = work.resolve("merge.yaml");
    Files.writeString(
        merge,
        """
        merge_method: linear
        models:
          - {model: asm/base@1.0.0, parameters: {weight: 0.5}}
          - {model: asm/tone@1.1.0, parameters: {weight: 0.5}}
        dtype: bfloat16
        """);
    ok("assemble", merge.toString(), "--name", "asm/merged@1.0.0");
    assertThat(ok("lock", "asm/merged@1.0.0", "--format", "mergekit").out())
        .contains("\"merge_method\":\"linear\"", "asm/tone@1.1.0");
  }

  @Test
  void aLayerIsPushedSeenProvedPulledAndATamperedCopyIsCaught() throws IOException {
    Path folder = model("base", 2_000_000, 1);
    push("it/base@1.0.0", folder, "--visibility=public", "--license=Apache-2.0");
    Path child = model("child", 3_000_000, 2);
    push("it/base@1.1.0", child, "--parent=it/base@1.0.0:finetune", "--visibility=public");

    assertThat(ok("show", "it/base@1.1.0").out())
        .contains("it/base@1.0.0 (finetune)", "weights.bin", "2.9 MiB");
    assertThat(ok("list", "it/base").out()).contains("it/base@1.0.0", "it/base@1.1.0");
    assertThat(ok("lineage", "it/base@1.1.0", "--up").out())
        .contains("└── from it/base@1.0.0  foundation  finetune");
    assertThat(ok("lineage", "it/base@1.0.0").out()).contains("└── into it/base@1.1.0");
    assertThat(ok("edges", "it/base@1.0.0").out()).contains("EVOLVED_FROM");

    Path bundle = work.resolve("proof.json");
    Path key = work.resolve("germline.pub");
    ok("proof", "it/base@1.1.0", "-o", bundle.toString());
    ok("key", "-o", key.toString());
    Path pulled = work.resolve("pulled");
    ok("pull", "it/base@1.1.0", pulled.toString());
    assertThat(pulled.resolve("weights.bin")).hasSameBinaryContentAs(child.resolve("weights.bin"));
    ok("verify", bundle.toString(), pulled.toString(), "--key", key.toString());

    byte[] bytes = Files.readAllBytes(pulled.resolve("weights.bin"));
    bytes[1_234_567] ^= 1;
    Files.write(pulled.resolve("weights.bin"), bytes);
    CommandLineRun caught =
        server.run("verify", bundle.toString(), pulled.toString(), "--key", key.toString());
    assertThat(caught.exit()).isEqualTo(1);
    assertThat(caught.out()).contains("DIFFERS   weights.bin");

    assertThat(json(ok("log", "--json")).path("items").size()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void aFamilyIsFetchedFromAnotherRegistry() throws IOException {
    try (RealServer there = RealServer.startAnother(Files.createDirectory(work.resolve("there")))) {
      String[] layer = {"--type=foundation", "--parameters=10", "--context-window=8"};
      for (String[] pushed :
          new String[][] {
            {"push", "far/root@1.0.0", model("root", 70_000, 51).toString()},
            {
              "push",
              "far/mid@1.0.0",
              model("mid", 80_000, 52).toString(),
              "--parent=far/root@1.0.0:finetune"
            },
            {
              "push",
              "far/leaf@1.0.0",
              model("leaf", 90_000, 53).toString(),
              "--parent=far/mid@1.0.0:finetune",
              "--visibility=private"
            }
          }) {
        String[] all = Arrays.copyOf(pushed, pushed.length + layer.length);
        System.arraycopy(layer, 0, all, pushed.length, layer.length);
        CommandLineRun run = there.run(all);
        assertThat(run.exit()).as(run.out() + run.err()).isZero();
      }
      String leaf = json(there.run("show", "far/leaf@1.0.0", "--json")).path("digest").asText();
      String token = there.data().resolve("admin.token").toString();
      String[] fetch = {
        "fetch", "far/leaf@1.0.0#" + leaf, "--from=" + there.url(), "--from-token-file=" + token
      };
      CommandLineRun alone = server.run(fetch);
      assertThat(alone.exit()).isEqualTo(3);
      assertThat(alone.err())
          .contains("far/mid@1.0.0, which far/leaf@1.0.0 pins, is not here", "--with-parents");

      String[] family = Arrays.copyOf(fetch, fetch.length + 2);
      family[fetch.length] = "--with-parents";
      family[fetch.length + 1] = "--json";
      JsonNode fetched = json(ok(family));
      assertThat(fetched.path("digest").asText()).isEqualTo(leaf);
      assertThat(fetched.path("along").findValuesAsText("name"))
          .containsExactly("far/root@1.0.0", "far/mid@1.0.0");
      assertThat(json(ok("show", "far/leaf@1.0.0", "--json")).path("digest").asText())
          .isEqualTo(leaf);
      assertThat(ok("lineage", "far/leaf@1.0.0", "--up").out()).contains("far/root@1.0.0");
      Path pulled = work.resolve("far");
      ok("pull", "far/leaf@1.0.0#" + leaf, pulled.toString());
      assertThat(pulled.resolve("weights.bin"))
          .hasSameBinaryContentAs(work.resolve("leaf/weights.bin"));
      JsonNode again = json(ok(family));
      assertThat(again.path("fresh").asBoolean()).isFalse();
      assertThat(again.path("along")).isEmpty();

      CommandLineRun other =
          server.run("fetch", "far/leaf@1.0.0#" + "0".repeat(64), fetch[2], fetch[3]);
      assertThat(other.exit()).isEqualTo(1);
      assertThat(there.run("revoke", "far/mid@1.0.0", "leaks").exit()).isZero();
      CommandLineRun revoked = server.run("fetch", "far/mid@1.0.0", fetch[2], fetch[3]);
      assertThat(revoked.exit()).isEqualTo(3);
      assertThat(revoked.err()).contains("far/mid@1.0.0 was revoked by");
    }
  }

  @Test
  void whatIsRevokedIsNotPulledAndItsDependentsAreTold() throws IOException {
    push("gone/base@1.0.0", model("gone", 1000, 61), "--visibility=public");
    push("gone/child@1.0.0", model("gone-child", 1000, 62), "--parent=gone/base@1.0.0:finetune");
    Path into = work.resolve("gone-pulled");
    Path bundle = work.resolve("gone.json");
    Path key = work.resolve("gone.pub");
    ok("pull", "gone/base@1.0.0", into.toString());
    ok("proof", "gone/base@1.0.0", "-o", bundle.toString());
    ok("key", "-o", key.toString());
    String[] verify = {"verify", bundle.toString(), into.toString(), "--key=" + key, "--current"};
    assertThat(ok(verify).out()).contains("status    active");
    ok("yank", "gone/base@1.0.0", "old");
    assertThat(ok("pull", "gone/base@1.0.0", into.toString()).err()).contains("was yanked by");
    assertThat(ok("revoke", "gone/base@1.0.0", "leaks").out())
        .contains("1 layers of 1 owners stand on it", "gone/child@1.0.0");
    CommandLineRun refused = server.run("pull", "gone/base@1.0.0", into.toString());
    assertThat(refused.exit()).isEqualTo(3);
    assertThat(refused.err()).contains("was revoked by", "leaks", "--allow-revoked");
    CommandLineRun revoked = server.run(verify);
    assertThat(revoked.exit()).isEqualTo(1);
    assertThat(revoked.out()).contains("status    revoked by");
    ok("pull", "gone/base@1.0.0", work.resolve("again").toString(), "--allow-revoked");
    assertThat(ok("notices").err()).contains("nothing that you do not know");
    assertThat(ok("validate", "gone/child@1.0.0").exit()).isZero();
    assertThat(ok("validate", "gone/child@1.0.0", "--reports").out()).contains("basic", "passed");
    assertThat(ok("payouts", "2020-01").err()).contains("nothing is owed");
  }

  @Test
  void questionsAboutLineageAreAnswered() throws IOException {
    push("kin/a@1.0.0", model("kin-a", 1000, 31));
    push("kin/b@1.0.0", model("kin-b", 1000, 32), "--parent=kin/a@1.0.0:finetune");
    push("kin/c@1.0.0", model("kin-c", 1000, 33), "--parent=kin/a@1.0.0:merge");
    assertThat(ok("siblings", "kin/b@1.0.0").out()).contains("kin/c@1.0.0", "of kin/a@1.0.0");
    assertThat(ok("common", "kin/b@1.0.0", "kin/c@1.0.0").out()).contains("kin/a@1.0.0  nearest");
    assertThat(ok("path", "kin/b@1.0.0", "kin/c@1.0.0").out().lines())
        .containsExactly(
            "kin/b@1.0.0", "  | EVOLVED_FROM v", "kin/a@1.0.0", "  ^ EVOLVED_FROM", "kin/c@1.0.0");
    assertThat(ok("diff", "kin/a@1.0.0", "kin/b@1.0.0").out())
        .contains("/name", "file", "weights.bin");
    assertThat(ok("blast", "kin/a@1.0.0").out())
        .contains("1.000  1  required  kin/b@1.0.0", "kin/c@1.0.0");
    assertThat(ok("dead-ends", "--namespace=kin").out())
        .contains("kin/b@1.0.0", "never used")
        .doesNotContain("kin/a@1.0.0");
    assertThat(ok("pins", "kin/b@1.0.0").out()).contains("active  kin/a@1.0.0");
    assertThat(ok("lineage", "kin/a@1.0.0", "--export=graphml").out()).contains("</graphml>");
    assertThat(json(ok("lineage", "kin/a@1.0.0", "--export=prov")).path("entity").size())
        .isEqualTo(3);
    CommandLineRun early = server.run("lineage", "kin/a@1.0.0", "--as-of=2000-01-01T00:00:00Z");
    assertThat(early.exit()).isEqualTo(3);
  }

  @Test
  void claimsAreStatedOnceAndShown() throws IOException {
    push("it/left@1.0.0", model("left", 1000, 3));
    push("it/right@1.0.0", model("right", 1000, 4));
    ok("claim", "it/left@1.0.0", "SYNERGIZES_WITH", "it/right@1.0.0", "-p", "synergyStrength=0.8");
    assertThat(ok("edges", "it/right@1.0.0").out())
        .contains("SYNERGIZES_WITH", "synergyStrength=0.8");
    CommandLineRun invalid =
        server.run("claim", "it/left@1.0.0", "CONFLICTS_WITH", "it/right@1.0.0");
    assertThat(invalid.exit()).isEqualTo(3);
    assertThat(invalid.err()).contains("INVALID_CLAIM");
  }

  @Test
  void measurementsAreKeptOnceAndShown() throws IOException {
    push("it/measured@1.0.0", model("measured", 1000, 7));
    ok("measure", "it/measured@1.0.0", "--task=code", "--metric=accuracy", "0.5");
    Path file = work.resolve("runs.ndjson");
    Files.writeString(
        file,
        "{\"layer\":\"it/measured@1.0.0\",\"taskType\":\"code\",\"metricType\":\"accuracy\",\"value\":1}\n"
            .repeat(3));
    ok("measure", "--file", file.toString());
    assertThat(ok("measure", "--file", file.toString()).out()).contains("kept: 3");
    assertThat(ok("metrics", "it/measured@1.0.0").out()).contains("accuracy", "0.8750");
    JsonNode metric = json(ok("metrics", "it/measured@1.0.0", "--json")).path("items").path(0);
    assertThat(metric.path("count").asInt()).isEqualTo(4);
    Files.writeString(file, "{\"layer\":\"it/measured@1.0.0\"}");
    CommandLineRun refused = server.run("measure", "--file", file.toString());
    assertThat(refused.exit()).isEqualTo(3);
    assertThat(refused.err()).contains("line 1");
  }

  @Test
  void aLayerIsFoundReviewedYankedAndFetched() throws IOException {
    push("it/shared@1.0.0", model("shared", 1000, 6), "--visibility=public");
    assertThat(ok("find", "shared").out()).contains("it/shared@1.0.0", "local");
    assertThat(ok("validate", "it/shared@1.0.0").out()).contains("passed", "hashes");
    CommandLineRun thorough = server.run("validate", "it/shared@1.0.0", "--level=thorough");
    assertThat(thorough.exit()).isEqualTo(1);
    assertThat(thorough.out()).contains("no licence is given");

    JsonNode review =
        json(ok("claim", "it/shared@1.0.0", "REVIEW", "-p", "verdict=approve", "--json"));
    String id = review.path("id").asText();
    ok("claim", id, "CONTEST", "-p", "reason=\"did not run it\"");
    assertThat(ok("claims", "it/shared@1.0.0").out()).contains("contested", "did not run it");
    assertThat(ok("claims", id).out()).contains("REVIEW", "CONTEST");

    String submission =
        json(ok("contribute", "it/shared@1.0.0", "--part", "admin:training=1", "--json"))
            .path("id")
            .asText();
    ok("submissions", submission, "--event", "withdraw");
    assertThat(ok("submissions").out()).contains(submission, "withdrawn");

    ok("yank", "it/shared@1.0.0", "a better one comes");
    assertThat(ok("show", "it/shared@1.0.0").out()).contains("yanked");
    assertThat(ok("find", "shared", "--status=yanked").out()).contains("it/shared@1.0.0");
    ok("dependents", "it/shared@1.0.0");

    String url = Json.read(Files.readAllBytes(data.resolve("server.json"))).path("url").asText();
    String token = data.resolve("admin.token").toString();
    assertThat(ok("fetch", "it/shared@1.0.0", "--from", url, "--from-token-file", token).out())
        .contains("here already: it/shared@1.0.0", "verified");
  }

  @Test
  void aPublishedVersionIsNotOverwrittenAndAStrangerSeesNothing() throws IOException {
    push("it/mine@1.0.0", model("mine", 1000, 5));
    push("it/mine@1.0.0", model("mine", 1000, 5));
    CommandLineRun other =
        server.run(
            "push",
            "it/mine@1.0.0",
            model("other", 1000, 6).toString(),
            "--type=foundation",
            "--parameters=10",
            "--context-window=8");
    assertThat(other.exit()).isEqualTo(3);
    assertThat(other.err()).contains("LAYER_EXISTS");

    String token = ok("token", "bob", "--ttl=PT1H").out().strip();
    Map<String, String> bob =
        Map.of("GERMLINE_HOME", server.data().toString(), "GERMLINE_TOKEN", token);
    assertThat(CommandLineRun.of(work, bob, "show", "it/mine@1.0.0").exit()).isEqualTo(3);
    assertThat(CommandLineRun.of(work, bob, "fsck").exit()).isEqualTo(3);
    CommandLineRun nobody = CommandLineRun.of(work, Map.of(), "list", "--server=" + server.url());
    assertThat(nobody.exit()).isEqualTo(3);
    assertThat(nobody.err()).contains("GERMLINE_TOKEN");
  }

  /** A model of one matrix: random weights, and a little noise on them. */
  private Path matrix(String name, double noise) throws IOException {
    int elements = 250_000;
    Random base = new Random(9);
    Random tuning = new Random(10);
    String json =
        "{\"block.0/w\":{\"dtype\":\"F32\",\"shape\":[500,500],\"data_offsets\":[0,%d]}}"
            .formatted(4 * elements);
    byte[] header = json.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(8 + header.length + 4 * elements)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .put(header);
    while (file.hasRemaining()) {
      file.putFloat((float) (base.nextGaussian() * (1 + noise * tuning.nextGaussian())));
    }
    Path folder = Files.createDirectories(work.resolve(name));
    Files.write(folder.resolve("model.safetensors"), file.array());
    return folder;
  }

  @Test
  void weightsAreSeenByTensorByRoomAndByLikeness() throws IOException {
    push("it/weights@1.0.0", matrix("weights", 0));
    assertThat(ok("show", "it/weights@1.0.0", "--tensors").out())
        .contains("block.0/w  F32  [500,500]  976.6 KiB  model.safetensors");
    Path tensor = work.resolve("w.safetensors");
    ok("pull", "it/weights@1.0.0", "--tensor=block.0/w", "--safetensors", "-o", tensor.toString());
    byte[] whole = Files.readAllBytes(work.resolve("weights/model.safetensors"));
    byte[] alone = Files.readAllBytes(tensor);
    assertThat(Arrays.copyOfRange(alone, alone.length - 1_000_000, alone.length))
        .isEqualTo(Arrays.copyOfRange(whole, whole.length - 1_000_000, whole.length));

    CommandLineRun tuned =
        ok(
            "push",
            "it/tuned@1.0.0",
            matrix("tuned", 0.01).toString(),
            "--type=foundation",
            "--parameters=10",
            "--context-window=8");
    assertThat(tuned.err()).contains("looks evolved from it/weights@1.0.0, 0.9");
    JsonNode du = json(ok("du", "it/tuned@1.0.0", "--json"));
    assertThat(du.path("rawBytes").asLong()).isEqualTo(whole.length);
    assertThat(ok("du").out()).contains("saved", "segments", "encoding");
  }

  @Test
  void fsckIsCleanAndTheGraphIsRebuilt() throws IOException {
    push("it/kept@1.0.0", model("kept", 1000, 7));
    CommandLineRun rebuilt = ok("graph", "rebuild");
    assertThat(rebuilt.out()).contains("graph running");
    assertThat(ok("show", "it/kept@1.0.0").out()).contains("it/kept@1.0.0");
    CommandLineRun fsck = ok("fsck");
    assertThat(fsck.out()).contains("clean");
  }

  @Test
  void aKilledPushAndAKilledPullGoOnWhereTheyStopped() throws Exception {
    int size = 120 << 20;
    Path folder = model("huge", size, 8);
    String[] push = {
      "push",
      "it/huge@1.0.0",
      folder.toString(),
      "--type=foundation",
      "--parameters=10",
      "--context-window=8",
      "--json"
    };
    Process pushing = server.launch(null, push);
    String blake3 = blake3(folder.resolve("weights.bin"));
    // So much that what is sent twice while the server still reads the broken connection is less.
    await("a quarter of an upload")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> offset(blake3) > size / 4 || !pushing.isAlive());
    pushing.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    JsonNode pushed = json(ok(push));
    assertThat(pushed.path("sentBytes").asLong()).isLessThan(size);

    Path into = work.resolve("pulled");
    Process pulling = server.launch(null, "pull", "it/huge@1.0.0", into.toString());
    Path part = into.resolve("weights.bin.part");
    await("half a download")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> (Files.exists(part) && Files.size(part) > 1 << 20) || !pulling.isAlive());
    pulling.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    JsonNode pulled = json(ok("pull", "it/huge@1.0.0", into.toString(), "--json"));
    assertThat(pulled.findValuesAsText("fetched")).contains("resumed");
    assertThat(into.resolve("weights.bin")).hasSameBinaryContentAs(folder.resolve("weights.bin"));
    assertThat(part).doesNotExist();
  }

  private static String blake3(Path file) throws IOException {
    return FileDigests.of(Files.readAllBytes(file)).blake3().toHex();
  }

  private static long offset(String blake3) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/blobs/" + Digest.parse(blake3)))
              .header(
                  "Authorization",
                  "Bearer " + Files.readString(data.resolve("admin.token")).strip())
              .HEAD()
              .build();
      return http.send(request, BodyHandlers.discarding())
          .headers()
          .firstValueAsLong("Upload-Offset")
          .orElse(0);
    }
  }

  @Test
  void theTourSucceedsTwice() throws Exception {
    for (int i = 0; i < 2; i++) {
      Path out = work.resolve("tour" + i + ".json");
      Process tour = server.launch(out, "tour", "--json");
      assertThat(tour.waitFor(5, TimeUnit.MINUTES)).isTrue();
      JsonNode json = Json.read(Files.readAllBytes(out));
      assertThat(tour.exitValue()).as(json.toString()).isZero();
      assertThat(json.path("ok").asBoolean()).isTrue();
      assertThat(json.path("proofValid").asBoolean()).isTrue();
      assertThat(json.path("tamperDetected").asBoolean()).isTrue();
      assertThat(json.path("layers").size()).isEqualTo(2);
      assertThat(json.path("lineage").size()).isEqualTo(1);
      assertThat(json.path("storedBytes").asLong()).isLessThan(json.path("originalBytes").asLong());
    }
    assertThat(Files.exists(Dist.locate().root().resolve("cli/target/dist/tour"))).isTrue();
    CommandLineRun shown = ok("lineage", "baai/bge-small-en@1.5.0");
    assertThat(shown.out()).contains("from baai/bge-small-en@1.0.0");
  }
}
