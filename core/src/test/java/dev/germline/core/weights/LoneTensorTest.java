package dev.germline.core.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoneTensorTest {
  private static Safetensors read(FileFormat format, TensorSpan tensor) throws IOException {
    byte[] header = LoneTensor.header(format, tensor, false);
    byte[] file = Arrays.copyOf(header, header.length + (int) tensor.bytes());
    return Safetensors.read("lone.safetensors", ByteSource.of(file));
  }

  @Test
  void aTensorOfASafetensorsFileStaysWhatItIs() throws IOException {
    for (TensorSpan tensor :
        Safetensors.read("a.safetensors", ByteSource.of(WeightFiles.lora())).tensors()) {
      TensorSpan alone = read(FileFormat.SAFETENSORS, tensor).tensors().getFirst();
      assertThat(alone.name()).isEqualTo(tensor.name());
      assertThat(alone.dtype()).isEqualTo(tensor.dtype());
      assertThat(alone.shape()).isEqualTo(tensor.shape());
      assertThat(alone.begin() % 8).isZero();
    }
  }

  @Test
  void oddNamesAndScalarsAndEmptyTensorsAreFine() throws IOException {
    for (TensorSpan tensor :
        List.of(
            new TensorSpan("a \"b\"\\\n/é😀..", "F64", List.of(), 100, 108),
            new TensorSpan("", "F4", List.of(3L, 2L), 7, 10),
            new TensorSpan("none", "BF16", List.of(0L, 5L), 9, 9))) {
      Safetensors file = read(FileFormat.SAFETENSORS, tensor);
      assertThat(file.tensors().getFirst().name()).isEqualTo(tensor.name());
      assertThat(file.tensors().getFirst().shape()).isEqualTo(tensor.shape());
    }
  }

  @Test
  void dimensionsOfGgufAreTurnedAround() throws IOException {
    TensorSpan tensor = new TensorSpan("w", "F16", List.of(4L, 2L), 0, 16);
    assertThat(read(FileFormat.GGUF, tensor).tensors().getFirst().shape()).containsExactly(2L, 4L);
  }

  @Test
  void typesOfOnnxGetTheirNames() throws IOException {
    TensorSpan tensor = new TensorSpan("w", "BFLOAT16", List.of(4L, 2L), 0, 16);
    TensorSpan alone = read(FileFormat.ONNX, tensor).tensors().getFirst();
    assertThat(alone.dtype()).isEqualTo("BF16");
    assertThat(alone.shape()).containsExactly(4L, 2L);
    for (OnnxType type : OnnxType.values()) {
      if (type.bits() >= 8 && type != OnnxType.COMPLEX128) {
        TensorSpan one = new TensorSpan("w", type.name(), List.of(8L), 0, type.bits());
        assertThat(read(FileFormat.ONNX, one).tensors()).hasSize(1);
      }
    }
  }

  @Test
  void whatSafetensorsCannotSayIsRefused() throws IOException {
    TensorSpan quantised =
        Gguf.read("m.gguf", ByteSource.of(WeightFiles.gguf(3, ByteOrder.LITTLE_ENDIAN)))
            .tensors()
            .getFirst();
    refused(FileFormat.GGUF, quantised, false, "Q4_K");
    refused(FileFormat.ONNX, new TensorSpan("w", "INT4", List.of(2L), 0, 1), false, "INT4");
    refused(FileFormat.GGUF, new TensorSpan("w", "F32", List.of(1L), 0, 4), true, "big-endian");
    refused(
        FileFormat.ONNX, new TensorSpan("__metadata__", "FLOAT", List.of(1L), 0, 4), false, "name");
  }

  private static void refused(FileFormat format, TensorSpan tensor, boolean big, String why) {
    assertThatThrownBy(() -> LoneTensor.header(format, tensor, big))
        .isInstanceOfSatisfying(
            GermlineException.class,
            refused -> {
              assertThat(refused.fault()).isEqualTo(Fault.TENSOR_NOT_CONVERTIBLE);
              assertThat(refused.detail()).contains(why);
            });
  }
}
