package dev.germline.cli.layers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.cli.CommandLineRun;
import dev.germline.cli.FakeRegistry;
import dev.germline.cli.server.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferTest {
  private static final int LARGE = 40 << 20;

  @TempDir Path home;
  private Path model = Path.of("");
  private FakeRegistry registry;

  TransferTest() throws IOException {
    registry = new FakeRegistry();
  }

  @BeforeEach
  void someFiles() throws IOException {
    model = Files.createDirectory(home.resolve("model"));
    Files.write(model.resolve("large.bin"), random(6_000_000, 1));
    Files.createDirectory(model.resolve("sub"));
    Files.write(model.resolve("sub/small.bin"), random(3000, 2));
    Files.write(model.resolve("sub/same.bin"), random(3000, 2));
    Files.createDirectory(model.resolve(".cache"));
    Files.writeString(model.resolve(".cache/left-out"), "x");
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private static byte[] random(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private CommandLineRun run(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = "--server=" + registry.url();
    return CommandLineRun.of(home, Map.of(), all);
  }

  private CommandLineRun push() {
    return run(
        "push",
        "a/b@1.0.0",
        model.toString(),
        "--type=foundation",
        "--parameters=10",
        "--context-window=8");
  }

  private static JsonNode json(CommandLineRun run) throws IOException {
    assertThat(run.exit()).as(run.err()).isZero();
    return Json.read(run.out().getBytes(StandardCharsets.UTF_8));
  }

  private JsonNode pull(Path into) throws IOException {
    return json(run("pull", "a/b@1.0.0", into.toString(), "--json"));
  }

  @Test
  void whatIsPushedIsPulledByteForByte() throws IOException {
    CommandLineRun pushed = push();
    assertThat(pushed.exit()).as(pushed.err()).isZero();
    assertThat(pushed.out()).contains("published a/b@1.0.0", "3 files", "5.7 MiB");
    assertThat(pushed.err()).isEmpty();
    assertThat(registry.blobs).hasSize(2);
    Path into = home.resolve("pulled");
    JsonNode pulled = pull(into);
    assertThat(pulled.path("files").size()).isEqualTo(3);
    assertThat(into.resolve("large.bin")).hasSameBinaryContentAs(model.resolve("large.bin"));
    assertThat(into.resolve("sub/same.bin")).hasSameBinaryContentAs(model.resolve("sub/same.bin"));
    assertThat(pull(into).findValuesAsText("fetched")).containsOnly("kept");
  }

  @Test
  void whatWasTakenBackIsNotPulledWithoutAWord() throws IOException {
    push();
    ObjectNode layer = Objects.requireNonNull(registry.layers.get("/api/v1/layers/a/b/1.0.0"));
    Path into = home.resolve("pulled");
    pull(into);
    layer.put("status", "revoked");
    layer
        .putObject("because")
        .put("by", "ada")
        .put("at", "2026-01-01T00:00:00Z")
        .put("reason", "x");
    registry.log.clear();
    CommandLineRun refused = run("pull", "a/b@1.0.0", into.toString());
    assertThat(refused.exit()).isEqualTo(3);
    assertThat(refused.err())
        .contains("a/b@1.0.0 was revoked by ada on 2026-01-01T00:00:00Z: x", "--allow-revoked");
    assertThat(registry.log).noneMatch(line -> line.contains("/files/"));
    assertThat(run("pull", "a/b@1.0.0", "--tensor=t", "-o", home.resolve("t").toString()).exit())
        .isEqualTo(3);
    CommandLineRun allowed =
        run("pull", "a/b@1.0.0", "--allow-revoked", "--tensor=t", "-o", home + "/t");
    assertThat(allowed.exit()).as(allowed.err()).isZero();
    assertThat(allowed.err()).contains("warning: a/b@1.0.0 was revoked by ada");
    assertThat(home.resolve("t")).content().endsWith("format=raw&revoked=allow");

    layer.put("status", "yanked");
    CommandLineRun yanked = run("pull", "a/b@1.0.0", into.toString());
    assertThat(yanked.exit()).isZero();
    assertThat(yanked.err()).contains("warning: a/b@1.0.0 was yanked by ada");
    assertThat(pull(into).path("status").asText()).isEqualTo("yanked");
  }

  @Test
  void largeFilesGoInOneRequestAndWhatIsThereIsNotSentAgain() throws IOException {
    Files.write(model.resolve("large.bin"), random(LARGE, 1));
    push();
    long puts = registry.log.stream().filter(line -> line.startsWith("PUT")).count();
    assertThat(puts).isEqualTo(2);
    CommandLineRun again = push();
    assertThat(again.out()).contains("known already", "(0 B sent)");
    assertThat(registry.log.stream().filter(line -> line.startsWith("PUT")).count())
        .isEqualTo(puts);
  }

  @Test
  void brokenUploadsGoOnWhereTheyBroke() throws IOException {
    Files.write(model.resolve("large.bin"), random(LARGE, 1));
    registry.brokenUploads.set(3);
    CommandLineRun pushed = push();
    assertThat(pushed.exit()).as(pushed.err()).isZero();
    assertThat(registry.blobs).hasSize(2);
  }

  @Test
  void anUploadWaitsForWhatTheOneBeforeItHasSent() throws IOException {
    registry.brokenUploads.set(1);
    registry.lateUploads.set(1);
    JsonNode pushed =
        json(
            run(
                "push",
                "a/b@1.0.0",
                file("large.bin"),
                "--type=foundation",
                "--parameters=10",
                "--context-window=8",
                "--json"));
    assertThat(pushed.path("bytes").asLong()).isEqualTo(6_000_000);
    assertThat(registry.blobs).hasSize(1);
    assertThat(registry.log).filteredOn(line -> line.startsWith("HEAD /api/v1/blobs/")).hasSize(3);
  }

  private String file(String name) {
    return model.resolve(name).toString();
  }

  @Test
  void aServerThatRestartsIsWaitedFor() {
    CommandLineRun first = push();
    assertThat(first.exit()).isZero();
    registry.blobs.clear();
    registry.log.clear();
    registry.unavailable.set(4);
    assertThat(push().exit()).isZero();
  }

  @Test
  void brokenDownloadsGoOnWhereTheyBroke() throws IOException {
    push();
    registry.brokenDownloads.set(2);
    Path into = home.resolve("pulled");
    pull(into);
    assertThat(into.resolve("large.bin")).hasSameBinaryContentAs(model.resolve("large.bin"));
  }

  @Test
  void anInterruptedPullIsResumedFromItsPart() throws IOException {
    push();
    Path into = Files.createDirectory(home.resolve("pulled"));
    byte[] large = Files.readAllBytes(model.resolve("large.bin"));
    Files.write(into.resolve("large.bin.part"), Arrays.copyOf(large, 5_000_000));
    assertThat(pull(into).findValuesAsText("fetched")).contains("resumed");
    assertThat(into.resolve("large.bin")).hasSameBinaryContentAs(model.resolve("large.bin"));
    assertThat(into.resolve("large.bin.part")).doesNotExist();
  }

  @Test
  void aPartOfSomethingElseIsThrownAway() throws IOException {
    push();
    Path into = Files.createDirectory(home.resolve("pulled"));
    Files.write(into.resolve("large.bin.part"), random(5_000_000, 9));
    pull(into);
    assertThat(into.resolve("large.bin")).hasSameBinaryContentAs(model.resolve("large.bin"));
  }

  @Test
  void wrongBytesOfTheServerAreNotKept() {
    push();
    registry.corrupt = true;
    Path into = home.resolve("pulled");
    CommandLineRun pulled = run("pull", "a/b@1.0.0", into.toString());
    assertThat(pulled.exit()).isEqualTo(1);
    assertThat(pulled.err()).contains("do not hash");
    assertThat(into.resolve("large.bin")).doesNotExist();
    assertThat(into.resolve("large.bin.part")).doesNotExist();
  }

  @Test
  void aFileOfTheUserIsNotOverwrittenUnlessForced() throws IOException {
    push();
    Path into = Files.createDirectory(home.resolve("pulled"));
    Files.writeString(into.resolve("large.bin"), "mine");
    CommandLineRun refused = run("pull", "a/b@1.0.0", into.toString());
    assertThat(refused.exit()).isEqualTo(5);
    assertThat(into.resolve("large.bin")).hasContent("mine");
    assertThat(run("pull", "a/b@1.0.0", into.toString(), "--force").exit()).isZero();
    assertThat(into.resolve("large.bin")).hasSameBinaryContentAs(model.resolve("large.bin"));
  }

  @Test
  void aRecordThatIsNotThePinnedOneIsRefused() {
    push();
    String digest = "00".repeat(32);
    CommandLineRun pulled = run("pull", "a/b@1.0.0#" + digest, home.resolve("p").toString());
    assertThat(pulled.exit()).isEqualTo(1);
    assertThat(home.resolve("p")).doesNotExist();
  }

  @Test
  void emptyFilesMissingFilesAndTwoOfOneNameAreRefusedBeforeAnythingIsSent() throws IOException {
    Files.createFile(model.resolve("empty"));
    assertThat(push().exit()).isEqualTo(5);
    assertThat(run("push", "a/b@1.0.0", home.resolve("nowhere").toString()).exit()).isEqualTo(5);
    String twice = model.resolve("large.bin").toString();
    assertThat(run("push", "a/b@1.0.0", twice, twice).exit()).isEqualTo(2);
    assertThat(registry.log).isEmpty();
  }

  @Test
  void aPeftFolderIsALoraAndItsLocalBaseIsMentioned() throws IOException {
    Path adapter = Files.createDirectory(home.resolve("adapter"));
    Files.writeString(
        adapter.resolve("adapter_config.json"),
        """
        {"peft_type":"LORA","base_model_name_or_path":"/home/me/llama","r":16,"lora_alpha":32,
         "lora_dropout":0.05,"target_modules":["q_proj","v_proj"]}
        """);
    CommandLineRun pushed = run("push", "a/adapter@1.0.0", adapter.toString());
    assertThat(pushed.exit()).as(pushed.err()).isZero();
    assertThat(pushed.err()).contains("/home/me/llama", "--parent");
    JsonNode record = record("/api/v1/layers/a/adapter/1.0.0");
    assertThat(record.path("type").asText()).isEqualTo("lora");
    assertThat(record.at("/loraConfig/rank").asInt()).isEqualTo(16);
    CommandLineRun child =
        run("push", "a/adapter@1.1.0", adapter.toString(), "--parent=a/b@1.0.0", "--license=MIT");
    assertThat(child.err()).isEmpty();
    record = record("/api/v1/layers/a/adapter/1.1.0");
    assertThat(record.at("/provenance/parents/0/layer").asText()).isEqualTo("a/b@1.0.0");
    assertThat(record.at("/provenance/parents/0/evolutionType").asText()).isEqualTo("adapter");
    assertThat(record.at("/sharing/license/spdx").asText()).isEqualTo("MIT");
  }

  private JsonNode record(String path) {
    return registry.layers.getOrDefault(path, Json.object()).path("record");
  }

  @Test
  void whatOnlyThePublisherKnowsIsAskedFor() {
    CommandLineRun untyped = run("push", "a/b@1.0.0", model.toString());
    assertThat(untyped.exit()).isEqualTo(2);
    assertThat(untyped.err()).contains("--type foundation");
    CommandLineRun unsized = run("push", "a/b@1.0.0", model.toString(), "--type=foundation");
    assertThat(unsized.exit()).isEqualTo(2);
    assertThat(unsized.err()).contains("--context-window");
  }

  @Test
  void oneTensorIsPulledIntoOneFile() throws IOException {
    push();
    Path into = home.resolve("w.safetensors");
    String[] pull = {"pull", "a/b@1.0.0", "--tensor=a/w é", "--safetensors", "-o", into.toString()};
    CommandLineRun pulled = run(pull);
    assertThat(pulled.exit()).as(pulled.err()).isZero();
    assertThat(pulled.out()).contains("a/w é (U8 [3])");
    assertThat(into).hasContent("a/w é?format=safetensors");
    assertThat(run(pull).exit()).isEqualTo(5);
    JsonNode again =
        json(
            run(
                "pull",
                "a/b@1.0.0",
                "--tensor=w",
                "--file=sub/m.gguf",
                "-o",
                into.toString(),
                "--force",
                "--json"));
    assertThat(again.path("bytes").asLong()).isEqualTo(Files.size(into));
    assertThat(into).hasContent("w?format=raw&file=sub/m.gguf");
    assertThat(run("pull", "a/b@1.0.0", "--safetensors").exit()).isEqualTo(2);
    assertThat(run("pull", "a/b@1.0.0", "folder", "--tensor=w").exit()).isEqualTo(2);
    registry.answers.put(
        "/api/v1/layers/a/b/1.0.0/tensors",
        """
        {"items":[{"file":"m.safetensors","name":"a/w","dtype":"U8","shape":[3],"bytes":3}]}\
        """);
    assertThat(run("show", "a/b@1.0.0", "--tensors").out())
        .contains("a/w  U8  [3]  3 B  m.safetensors");
  }

  @Test
  void aPushWithoutAParentTellsWhatItLooksEvolvedFrom() throws IOException {
    registry.answers.put(
        "/api/v1/layers/a/b/1.0.0/suggested-parents",
        "{\"threshold\":0.9,\"items\":[{\"layer\":\"x/base@1.0.0\",\"similarity\":0.9789}]}");
    CommandLineRun pushed = push();
    assertThat(pushed.exit()).isZero();
    assertThat(pushed.err())
        .contains("looks evolved from x/base@1.0.0, 0.97; declare it with --parent x/base@1.0.0");
    registry.answers.put("/api/v1/layers/a/b/1.0.0/suggested-parents", "{\"items\":[]}");
    assertThat(push().err()).isEmpty();
  }
}
