package dev.germline.core.weights;

import dev.germline.core.GermlineException;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The description of an ONNX model (onnx.proto3); weights are passed over, nodes are counted.
 *
 * @param irVersion of the format
 * @param producer the tool that wrote it, with its version where it is given; empty if not
 * @param opsets operator sets by domain; the default domain is {@code ai.onnx}
 * @param graph the main graph's name
 * @param nodes of the main graph
 * @param initializers the weights of the main graph, in file order
 * @param metadata the model's {@code metadata_props}
 */
public record Onnx(
    long irVersion,
    String producer,
    SortedMap<String, Long> opsets,
    String graph,
    long nodes,
    List<Initializer> initializers,
    SortedMap<String, String> metadata) {

  public Onnx {
    initializers = List.copyOf(initializers);
  }

  /**
   * One weight.
   *
   * @param tensor its name, type, shape and, for raw data inside this file, its place; {@code
   *     begin} and {@code end} are both 0 where the bytes are elsewhere or in typed fields
   * @param external where the bytes are instead, if they are in another file
   */
  public record Initializer(TensorSpan tensor, @Nullable External external) {}

  /**
   * Bytes in another file.
   *
   * @param location a relative path beside the model, checked not to leave its folder
   * @param offset first byte there
   * @param length in bytes, or -1 for the rest of that file
   */
  public record External(String location, long offset, long length) {}

  /**
   * Reads and checks the description; raw data is not read.
   *
   * @param file the name to use in messages
   * @throws GermlineException FILE_INVALID naming the rule and the value, LIMIT_EXCEEDED beyond
   *     262,144 initializers or 16 MiB of names and texts
   * @throws IOException if the source fails
   */
  public static Onnx read(String file, ByteSource source) throws IOException {
    return read(file, source, _ -> {});
  }

  /** As {@link #read(String, ByteSource)}, telling of raw data before it is passed over. */
  static Onnx read(String file, ByteSource source, Consumer<TensorSpan> found) throws IOException {
    return new OnnxReader(new FileFault(file, FileFormat.ONNX), source, found).read();
  }
}
