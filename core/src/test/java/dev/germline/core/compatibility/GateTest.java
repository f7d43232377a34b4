package dev.germline.core.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.core.compatibility.Reason.Code;
import dev.germline.core.layers.Layer;
import dev.germline.core.layers.LayerJson;
import dev.germline.core.layers.LayerStatus;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.ModelConfig;
import dev.germline.core.weights.PeftAdapter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every rule of the gate, by the reason it gives. */
final class GateTest {
  private final List<Combination.Member> members = new ArrayList<>();
  private final Map<Digest, Combination.Known> ancestors = new HashMap<>();
  private final List<Combination.Stated> conflicts = new ArrayList<>();
  private final Map<Digest, Map<String, List<Long>>> tensors = new HashMap<>();
  private final Map<Digest, Combination.Configuration> configurations = new HashMap<>();

  private static Layer layer(String json) {
    return LayerJson.parseDraft(
        json.getBytes(StandardCharsets.UTF_8), "ada", Instant.parse("2026-03-03T12:00:00Z"));
  }

  private static String file(String path, String content, String format) {
    return """
    {"path":"%s","sizeBytes":5000000,"blake3":"%s","sha256":"%s","gitSha1":"%s","format":"%s"}\
    """
        .formatted(path, hash(content), hash("s" + content), "0".repeat(40), format);
  }

  private static String hash(String text) {
    return Blake3.hash(text.getBytes(StandardCharsets.UTF_8)).toHex();
  }

  private static Layer foundation(String name, String license, String... files) {
    return layer(
        """
        {"type":"foundation","name":"%s","provenance":{"method":"training"},
         "sharing":{"visibility":"public","license":{"spdx":"%s","commercialUse":true}},
         "baseModel":{"family":"llama","architecture":"LlamaForCausalLM","size":"small",
           "contextWindow":4096,"parameterCount":1000},
         "pretraining":{"languages":["en"]},"files":[%s]}\
        """
            .formatted(name, license, String.join(",", files)));
  }

  private static Layer lora(
      String name, String license, String modules, @Nullable Layer base, String more) {
    String parents =
        base == null
            ? ""
            : "{\"layer\":\"%s\",\"digest\":\"%s\",\"evolutionType\":\"adapter\",\"confidence\":1}"
                .formatted(base.name(), LayerJson.digest(base));
    return layer(
        """
        {"type":"lora","name":"%s","provenance":{"method":"training","parents":[%s]},
         "sharing":{"visibility":"public","license":{"spdx":"%s","commercialUse":true}},
         "loraConfig":{"rank":8,"alpha":16,"targetModules":[%s],"dropoutRate":0}%s}\
        """
            .formatted(name, parents, license, modules, more));
  }

  private Digest in(Layer layer) {
    return in(layer, LayerStatus.ACTIVE);
  }

  private Digest in(Layer layer, LayerStatus status) {
    Digest digest = LayerJson.digest(layer);
    members.add(new Combination.Member(layer, digest, status, List.of(layer.name())));
    return digest;
  }

  private Verdict judge(Policy policy, Limits limits) {
    return Gate.judge(
        new Combination(members, ancestors, conflicts, tensors, configurations), policy, limits);
  }

  private List<String> reasons(Policy policy, Limits limits) {
    return judge(policy, limits).reasons().stream()
        .map(r -> r.severity() + " " + r.code())
        .toList();
  }

  private List<String> reasons() {
    return reasons(Policy.lenient(), Limits.NONE);
  }

  private static final Policy COMMERCIAL = new Policy(true, false, 0.7, false, false);
  private static final Policy MERGING = new Policy(false, true, 0.7, false, false);

  @Test
  void anAdapterOnItsBasePasses() {
    Layer base = foundation("a/base@1.0.0", "Apache-2.0");
    in(base);
    in(lora("a/lora@1.0.0", "MIT", "\"q_proj\"", base, ""));
    Verdict verdict = judge(COMMERCIAL, Limits.NONE);
    assertThat(verdict.reasons()).isEmpty();
    assertThat(verdict.outcome()).isEqualTo(Severity.PASS);
    assertThat(verdict.terms().commercial()).isTrue();
    assertThat(verdict.terms().licenses()).containsExactly("Apache-2.0", "MIT");
  }

  @Test
  void anAdapterOfAnotherBaseFails() {
    Layer base = foundation("a/base@1.0.0", "MIT");
    ancestors.put(LayerJson.digest(base), new Combination.Known(base, LayerStatus.ACTIVE));
    in(foundation("a/base@1.1.0", "MIT"));
    in(lora("a/lora@1.0.0", "MIT", "\"q_proj\"", base, ""));
    assertThat(reasons()).containsExactly("fail BASE_DIFFERS");
    assertThat(judge(Policy.lenient(), Limits.NONE).reasons().getFirst().path())
        .containsExactly("a/lora@1.0.0", "a/base@1.0.0");
  }

  private static Combination.Configuration model(String type, long window, long vocabulary) {
    return new Combination.Configuration(
        new ModelConfig(type, List.of("LlamaForCausalLM"), window, vocabulary, null),
        null,
        List.of());
  }

  private static Combination.Configuration peft(int rank, String... modules) {
    return new Combination.Configuration(
        null,
        new PeftAdapter(
            "LORA", "/home/me/base", null, rank, 16, 0, List.of(modules), false, List.of()),
        List.of());
  }

  @Test
  void whatAModelsFilesSayIsHeldAgainstItsRecord() {
    Digest base = in(foundation("a/base@1.0.0", "MIT"));
    configurations.put(base, model("llama", 4096, 32000));
    assertThat(reasons()).isEmpty();
    configurations.put(base, model("llama", 2048, 32000));
    assertThat(reasons()).containsExactly("warn CONFIG_DIFFERS");
    assertThat(judge(Policy.lenient(), Limits.NONE).reasons().getFirst().message())
        .contains("2048", "4096");
    configurations.put(
        base, new Combination.Configuration(null, null, List.of("config.json is broken")));
    assertThat(reasons()).containsExactly("warn CONFIG_UNREADABLE");
    configurations.put(base, model("llama", 4096, 32000));
    Digest other = in(foundation("a/other@1.0.0", "MIT"));
    configurations.put(other, model("llama", 4096, 50257));
    assertThat(reasons(MERGING, Limits.NONE)).containsExactly("fail TOKENIZER_DIFFERS");
  }

  @Test
  void whatAnAdaptersFilesSayIsHeldAgainstItsWeightsAndItsBase() {
    Layer base = foundation("a/base@1.0.0", "MIT");
    Digest baseDigest = in(base);
    Digest adapter = in(lora("a/lora@1.0.0", "MIT", "\"q_proj\"", base, ""));
    configurations.put(adapter, peft(8, "q_proj"));
    assertThat(reasons()).isEmpty();
    configurations.put(adapter, peft(4, "q_proj", "v_proj"));
    assertThat(reasons()).containsExactly("warn CONFIG_DIFFERS", "warn CONFIG_DIFFERS");

    // Without weights that can be read, the names alone must be known to the base.
    configurations.put(adapter, peft(8, "q_proj"));
    tensors.put(baseDigest, Map.of("transformer.h.0.attn.c_attn.weight", List.of(8L, 24L)));
    assertThat(reasons()).containsExactly("fail TARGET_MODULES_ABSENT");
    tensors.put(baseDigest, Map.of("model.layers.0.q_proj.weight", List.of(8L, 8L)));
    assertThat(reasons()).isEmpty();
    // With weights, PEFT drops those of modules that are not named.
    tensors.put(
        adapter, Map.of("base_model.model.model.layers.0.q_proj.lora_A.weight", List.of(8L, 8L)));
    assertThat(reasons()).isEmpty();
    configurations.put(adapter, peft(8, "v_proj"));
    assertThat(reasons()).containsExactly("fail TARGET_MODULES_ABSENT", "warn CONFIG_DIFFERS");

    configurations.put(adapter, model("gpt2", 1024, 50257));
    configurations.put(baseDigest, model("llama", 4096, 32000));
    assertThat(reasons()).containsExactly("fail BASE_DIFFERS");
  }

  @Test
  void anAdapterWithoutABaseIsSaidToBeOne() {
    in(lora("a/lora@1.0.0", "MIT", "\"q_proj\"", null, ""));
    assertThat(reasons()).containsExactly("warn BASE_UNKNOWN");
  }

  @Test
  void adaptersOfTheSameModulesWarn() {
    Layer base = foundation("a/base@1.0.0", "MIT");
    in(base);
    in(lora("a/x@1.0.0", "MIT", "\"q_proj\",\"v_proj\"", base, ""));
    in(lora("a/y@1.0.0", "MIT", "\"v_proj\"", base, ""));
    in(lora("a/z@1.0.0", "MIT", "\".*\\\\.mlp\\\\..*_proj\"", base, ""));
    assertThat(reasons())
        .containsExactly(
            "warn TARGET_MODULES_OVERLAP",
            "warn TARGET_MODULES_UNKNOWN",
            "warn TARGET_MODULES_UNKNOWN");
    tensors.put(
        LayerJson.digest(base),
        Map.of(
            "model.layers.0.self_attn.q_proj.weight", List.of(8L, 8L),
            "model.layers.0.self_attn.v_proj.weight", List.of(8L, 8L),
            "model.layers.0.mlp.up_proj.weight", List.of(8L, 8L)));
    assertThat(reasons()).containsExactly("warn TARGET_MODULES_OVERLAP");
    assertThat(judge(Policy.lenient(), Limits.NONE).reasons().getFirst().message())
        .contains("model.layers.0.self_attn.v_proj");
  }

  @Test
  void anExpressionThatRunsOnIsGivenUp() {
    Layer base = foundation("a/base@1.0.0", "MIT");
    in(base);
    in(lora("a/x@1.0.0", "MIT", "\"(a+)+$\"", base, ""));
    in(lora("a/y@1.0.0", "MIT", "\"all-linear\"", base, ""));
    tensors.put(LayerJson.digest(base), Map.of("a".repeat(200) + "b.weight", List.of(8L, 8L)));
    assertThat(reasons()).containsExactly("warn TARGET_MODULES_UNKNOWN");
  }

  @Test
  void factorsMustFitTheWeightsOfTheBase() {
    Layer base = foundation("a/base@1.0.0", "MIT");
    Layer lora = lora("a/x@1.0.0", "MIT", "\"q_proj\"", base, "");
    tensors.put(in(base), Map.of("model.layers.0.q_proj.weight", List.of(16L, 8L)));
    Digest adapter = in(lora);
    String prefix = "base_model.model.model.layers.0.";
    tensors.put(
        adapter,
        Map.of(
            prefix + "q_proj.lora_A.weight", List.of(4L, 8L),
            prefix + "q_proj.lora_B.weight", List.of(16L, 4L)));
    assertThat(reasons()).isEmpty();
    tensors.put(
        adapter,
        Map.of(
            prefix + "q_proj.lora_A.weight", List.of(4L, 32L),
            prefix + "w_pack.lora_A.weight", List.of(4L, 8L)));
    assertThat(reasons()).containsExactly("fail SHAPES_DIFFER", "fail TARGET_MODULES_ABSENT");
  }

  @Test
  void modelsThatAreMergedMustBeOfOneArchitecture() {
    in(foundation("a/one@1.0.0", "MIT", file("tokenizer.json", "1", "json")));
    in(foundation("a/two@1.0.0", "MIT", file("tokenizer.json", "2", "json")));
    tensors.put(members.get(0).digest(), Map.of("w", List.of(1L)));
    tensors.put(members.get(1).digest(), Map.of("w", List.of(2L)));
    assertThat(reasons()).containsExactly("warn SHAPES_DIFFER", "warn TOKENIZER_DIFFERS");
    assertThat(reasons(MERGING, Limits.NONE))
        .containsExactly("fail SHAPES_DIFFER", "fail TOKENIZER_DIFFERS");
  }

  @Test
  void statedConflictsWeighByTheirSeverity() {
    Digest one = in(foundation("a/one@1.0.0", "MIT"));
    Digest two = in(foundation("a/two@1.0.0", "MIT"));
    conflicts.add(new Combination.Stated(one, two, "quality", 0.5, "retrain", "bob"));
    assertThat(reasons()).containsExactly("warn CONFLICT_CLAIMED");
    assertThat(reasons(new Policy(false, false, 0.5, false, false), Limits.NONE))
        .containsExactly("fail CONFLICT_CLAIMED");
  }

  @Test
  void termsAreHandedDownFromParents() {
    Layer base = foundation("a/base@1.0.0", "CC-BY-NC-4.0");
    ancestors.put(LayerJson.digest(base), new Combination.Known(base, LayerStatus.REVOKED));
    in(lora("a/x@1.0.0", "MIT", "\"q_proj\"", base, ""));
    assertThat(reasons()).containsExactly("warn PARENT_REVOKED");
    Verdict verdict = judge(COMMERCIAL, Limits.NONE);
    assertThat(verdict.reasons().getFirst().code()).isEqualTo(Code.LICENSE_NOT_COMMERCIAL);
    assertThat(verdict.reasons().getFirst().path()).containsExactly("a/x@1.0.0", "a/base@1.0.0");
    assertThat(verdict.terms().commercial()).isFalse();
  }

  @Test
  void licencesThatContradictEachOtherFail() {
    in(foundation("a/one@1.0.0", "GPL-3.0-only"));
    in(lora("a/two@1.0.0", "LicenseRef-llama3", "\"q\"", members.getFirst().layer(), ""));
    assertThat(reasons())
        .containsExactly("fail LICENSE_INCOMPATIBLE", "warn LICENSE_USE_RESTRICTED");
  }

  @Test
  void absentAndUnknownTermsAreSaidToBeSo() {
    in(foundation("a/one@1.0.0", "LicenseRef-mine"));
    assertThat(reasons()).containsExactly("warn LICENSE_UNKNOWN");
    assertThat(judge(Policy.lenient(), Limits.NONE).terms().commercial()).isNull();
  }

  @Test
  void whatDoesNotFitTheMachineFails() {
    in(foundation("a/one@1.0.0", "MIT", file("model.safetensors", "1", "safetensors")));
    assertThat(reasons(Policy.lenient(), new Limits(4L, 4_999_999L, "cuda")))
        .containsExactly("fail MEMORY_EXCEEDED", "fail STORAGE_EXCEEDED", "warn RESOURCES_UNKNOWN");
    assertThat(reasons(Policy.lenient(), new Limits(5L, 5_000_000L, null)))
        .containsExactly("warn RESOURCES_UNKNOWN");
  }

  @Test
  void unsafeYankedAndRevokedLayersAreNamed() {
    in(foundation("a/one@1.0.0", "MIT", file("m.pt", "1", "pytorch-pickle")), LayerStatus.YANKED);
    in(foundation("a/two@1.0.0", "MIT"), LayerStatus.REVOKED);
    assertThat(reasons()).containsExactly("fail REVOKED", "warn YANKED", "warn UNSAFE_FILE");
    assertThat(reasons(new Policy(false, false, 1, true, false), Limits.NONE))
        .containsExactly("fail REVOKED", "fail UNSAFE_FILE", "warn YANKED");
  }

  @Test
  void halfAnAdapterFails() {
    Layer base = foundation("a/base@1.0.0", "MIT");
    in(base);
    in(
        lora(
            "a/x@1.0.0",
            "MIT",
            "\"q_proj\"",
            base,
            ",\"files\":[" + file("adapter_model.safetensors", "1", "safetensors") + "]"));
    assertThat(reasons()).containsExactly("fail ADAPTER_INCOMPLETE");
  }
}
