package dev.germline.core.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.core.GermlineException;
import dev.germline.core.layers.FilePath;
import dev.germline.core.layers.LayerFile;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileSummaryTest {
  @Test
  void saysInAFewLinesWhatAFileHolds() throws IOException {
    assertThat(summary("adapter_model.safetensors", WeightFiles.lora()).metadata())
        .containsEntry("tensors", "2")
        .containsEntry("parameters", "16")
        .containsEntry("dtypes", "BF16, F32")
        .containsEntry("metadata.format", "pt");
    assertThat(summary("m.gguf", WeightFiles.gguf(3, ByteOrder.LITTLE_ENDIAN)).metadata())
        .containsEntry("tensors", "3")
        .containsEntry("general.architecture", "llama")
        .containsEntry("dtypes", "F16, F32, Q4_K")
        .doesNotContainKey("tokenizer.ggml.tokens");
    assertThat(summary("model.onnx", WeightFiles.onnx()).metadata())
        .containsEntry("irVersion", "8")
        .containsEntry("opsets", "ai.onnx 17, com.microsoft 1")
        .containsEntry("externalTensors", "1");
    assertThat(
            summary("adapter_config.json", WeightFiles.PEFT_CONFIG.getBytes(StandardCharsets.UTF_8))
                .metadata())
        .containsEntry("rank", "16")
        .containsEntry("targetModules", "q_proj, v_proj")
        .containsEntry("baseIsLocalPath", "false");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          model.safetensors      | 00               | SAFETENSORS
          model.SafeTensors      | 00               | SAFETENSORS
          model                  | 02000000000000007b7d | SAFETENSORS
          model                  | ff000000000000007b7d | OTHER
          model.gguf             | 00               | GGUF
          model                  | 4747554603000000 | GGUF
          model.onnx             | 08               | ONNX
          pytorch_model.bin      | 504b0304         | PYTORCH_PICKLE
          pytorch_model.bin      | 80027d71         | PYTORCH_PICKLE
          weights                | 80047d71         | PYTORCH_PICKLE
          harmless.json          | 80047d71         | PYTORCH_PICKLE
          model.pt               | 00               | PYTORCH_PICKLE
          a/b/model.ckpt         | 00               | PYTORCH_PICKLE
          raw.bin                | 0001             | OTHER
          a/adapter_config.json  | 7b7d             | PEFT_CONFIG
          tokenizer.json         | 7b7d             | JSON
          archive.zip            | 504b0304         | OTHER
          README.md              | 23               | OTHER
          """)
  void recognisesFilesByContentAndName(String path, String hex, FileFormat format)
      throws IOException {
    byte[] bytes = HexFormat.of().parseHex(hex);

    assertThat(FileFormat.recognise(path, ByteSource.of(bytes))).isEqualTo(format);
  }

  @Test
  void flagsWhatRunsCodeAndNeverReadsIt() throws IOException {
    FileSummary summary = summary("pytorch_model.bin", new byte[] {(byte) 0x80, 2, '.'});

    assertThat(summary.format().runsCode()).isTrue();
    assertThat(summary.metadata().get("warning")).contains("runs code");
  }

  @Test
  void refusesAFileThatBreaksTheFormatItsNameClaims() {
    assertThatThrownBy(() -> summary("model.safetensors", new byte[100]))
        .isInstanceOf(GermlineException.class)
        .hasMessageContaining("'model.safetensors' is not valid safetensors");
  }

  @Test
  void everySummaryFitsALayersRecord() throws IOException {
    String metadata =
        IntStream.range(0, 200)
            .mapToObj(i -> "\"k" + i + "\":\"" + "\uD83E\uDDEC".repeat(600) + "\\u0000\"")
            .collect(Collectors.joining(",", "{\"__metadata__\":{\"\\u0007\":\"\",", "}}"));
    byte[] bytes = WeightFiles.safetensors(metadata, 0);
    FileSummary summary = summary("m.safetensors", bytes);
    FileDigests.Result digests = FileDigests.of(bytes);

    var file =
        new LayerFile(
            FilePath.parse("m.safetensors"),
            digests.size(),
            digests.blake3(),
            digests.sha256(),
            digests.gitSha1(),
            summary.format(),
            summary.metadata());

    assertThat(file.metadata()).hasSize(64);
    assertThat(file.metadata().values()).allMatch(value -> value.length() <= 1024);
  }

  private static FileSummary summary(String path, byte[] bytes) throws IOException {
    return FileSummary.of(path, ByteSource.of(bytes));
  }
}
