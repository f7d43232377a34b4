package dev.germline.core.weights;

import dev.germline.core.GermlineException;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where the tensors of a file lie, for those who keep or compare files by their tensors.
 *
 * @param format what the file is
 * @param tensors with bytes in this file, in the order of their bytes; empty for other formats
 */
public record TensorScan(FileFormat format, List<TensorSpan> tensors) {
  public TensorScan {
    tensors = List.copyOf(tensors);
  }

  /**
   * Reads a file's description from front to back. Whenever bytes from an offset on are asked of
   * the source, every tensor that begins before that offset has been told, so a file may be cut
   * while it arrives.
   *
   * @param path the file's path in its layer
   * @param found told of each tensor, in the order of the bytes; of one whose description goes on
   *     after its bytes, what was known before them
   * @throws GermlineException FILE_INVALID or LIMIT_EXCEEDED when the file breaks its format's
   *     rules
   * @throws IOException if the source fails
   */
  public static TensorScan read(String path, ByteSource source, Consumer<TensorSpan> found)
      throws IOException {
    FileFormat format = FileFormat.recognise(path, source);
    List<TensorSpan> tensors =
        switch (format) {
          case SAFETENSORS -> all(Safetensors.read(path, source).tensors(), found);
          case GGUF -> all(Gguf.read(path, source).tensors(), found);
          case ONNX ->
              Onnx.read(path, source, found).initializers().stream()
                  .map(Onnx.Initializer::tensor)
                  .filter(tensor -> tensor.end() > 0)
                  .toList();
          case PYTORCH_PICKLE, PEFT_CONFIG, JSON, OTHER -> List.<TensorSpan>of();
        };
    return new TensorScan(format, tensors);
  }

  private static List<TensorSpan> all(List<TensorSpan> tensors, Consumer<TensorSpan> found) {
    tensors.forEach(found);
    return tensors;
  }
}
