package dev.germline.core.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LoraLayer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeftAdapterTest {
  @Test
  void readsAnAdapterAndBeginsALoraLayerWithIt() throws IOException {
    PeftAdapter adapter = read(WeightFiles.PEFT_CONFIG);

    assertThat(adapter.baseModel()).isEqualTo("meta-llama/Llama-3.1-8B");
    assertThat(adapter.baseIsLocalPath()).isFalse();
    assertThat(adapter.revision()).isEqualTo("main");
    assertThat(adapter.modulesToSave()).containsExactly("lm_head");
    assertThat(adapter.targetModulesArePattern()).isFalse();
    assertThat(LoraLayer.LoraConfig.of(adapter))
        .isEqualTo(new LoraLayer.LoraConfig(16, 32, List.of("q_proj", "v_proj"), 0.05));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/home/ada/models/llama",
        "./llama",
        "../llama",
        "~/llama",
        "C:\\\\llama",
        "models/llama/8b",
        "llama/",
        "file:llama"
      })
  void tellsALocalPathFromAHubName(String base) throws IOException {
    assertThat(read(set("base_model_name_or_path", "\"" + base + "\"")).baseIsLocalPath()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "meta-llama/Llama-3.1-8B", "BAAI/bge-small-en-v1.5"})
  void tellsAHubNameFromALocalPath(String base) throws IOException {
    assertThat(read(set("base_model_name_or_path", "\"" + base + "\"")).baseIsLocalPath())
        .isFalse();
  }

  @Test
  void anAdapterMayNameNoBase() throws IOException {
    PeftAdapter adapter = read(set("base_model_name_or_path", "null"));

    assertThat(adapter.baseModel()).isNull();
    assertThat(adapter.baseIsLocalPath()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"all-linear", ".*\\\\.(q|v)_proj"})
  void targetModulesMayBeOneText(String pattern) throws IOException {
    PeftAdapter adapter = read(set("target_modules", "\"" + pattern + "\""));

    assertThat(adapter.targetModulesArePattern()).isTrue();
    assertThat(adapter.targetModules()).containsExactly(pattern.replace("\\\\", "\\"));
  }

  @Test
  void otherMethodsAreReadButAreNoLoraLayer() throws IOException {
    PeftAdapter adapter = read("{\"peft_type\":\"PROMPT_TUNING\",\"num_virtual_tokens\":8}");

    assertThat(adapter.isLora()).isFalse();
    assertThatThrownBy(() -> LoraLayer.LoraConfig.of(adapter))
        .hasMessageContaining("PROMPT_TUNING");
  }

  @Test
  void aLoraWithoutTargetModulesBeginsNoLayer() throws IOException {
    PeftAdapter adapter = read(set("target_modules", "null"));

    assertThatThrownBy(() -> LoraLayer.LoraConfig.of(adapter))
        .hasMessageContaining("targetModules is empty");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          peft_type               | null     | peft_type is missing
          peft_type               | 7        | peft_type is '7'
          r                       | 0        | r is '0'; it must be a whole number from 1 to 65536
          r                       | 16.5     | r is '16.5'
          r                       | "16"     | r is '"16"'
          r                       | null     | r is 'null'
          lora_alpha              | -1       | lora_alpha is '-1'
          lora_dropout            | 1.1      | lora_dropout is '1.1'
          lora_dropout            | "none"   | lora_dropout is '"none"'
          target_modules          | 5        | target_modules is '5'
          target_modules          | [5]      | target_modules is '5'
          modules_to_save         | {}       | modules_to_save is '{}'
          base_model_name_or_path | []       | base_model_name_or_path is '[]'
          revision                | " "      | revision is
          """)
  void refusesMembersOfTheWrongKind(String member, String value, String rule) {
    assertInvalid(set(member, value), rule);
  }

  @Test
  void refusesFilesThatAreNoJsonObject() {
    assertInvalid("", "not one JSON object");
    assertInvalid("[]", "not one JSON object");
    assertInvalid("{\"r\":1,\"r\":2}", "Duplicate");
    assertInvalid("{} {}", "broken");
    assertInvalid("[".repeat(500), "broken");
    assertThatThrownBy(() -> read(" ".repeat((1 << 20) + 1)))
        .isInstanceOfSatisfying(
            GermlineException.class,
            refused -> assertThat(refused.fault()).isEqualTo(Fault.LIMIT_EXCEEDED));
  }

  @Test
  void pairsConfigurationAndWeightsByFolder() {
    List<PeftFolder> folders =
        PeftFolder.among(
            List.of(
                "README.md",
                "adapter_config.json",
                "adapter_model.safetensors",
                "checkpoint-500/adapter_model.safetensors",
                "other/adapter_config.json",
                "other/adapter_model.bin"));

    assertThat(folders)
        .containsExactly(
            new PeftFolder("", "adapter_config.json", "adapter_model.safetensors"),
            new PeftFolder("checkpoint-500", null, "checkpoint-500/adapter_model.safetensors"),
            new PeftFolder("other", "other/adapter_config.json", null));
    assertThat(folders).extracting(PeftFolder::complete).containsExactly(true, false, false);
  }

  private static String set(String member, String value) {
    String kept =
        WeightFiles.PEFT_CONFIG.replaceFirst("\"" + member + "\": ([^\\[,]+|\\[[^]]*])", "");
    String members = kept.substring(kept.indexOf('{') + 1).replaceAll(",\\s*,", ",").strip();
    return "{\"" + member + "\": " + value + (members.startsWith(",") ? "" : ", ") + members;
  }

  private static PeftAdapter read(String json) throws IOException {
    return PeftAdapter.read(
        "adapter_config.json", ByteSource.of(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static void assertInvalid(String json, String rule) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(
            GermlineException.class,
            refused -> {
              assertThat(refused.fault()).isEqualTo(Fault.FILE_INVALID);
              assertThat(refused.detail())
                  .startsWith("'adapter_config.json' is not valid peft-config: ")
                  .contains(rule);
            });
  }
}
