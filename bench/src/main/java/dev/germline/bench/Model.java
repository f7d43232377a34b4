package dev.germline.bench;

import dev.germline.blobstore.encoding.ElementType;
import dev.germline.core.weights.ByteSource;
import dev.germline.core.weights.Onnx;
import dev.germline.core.weights.TensorSpan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All float tensors of a model, one after the other, in one element type. */
final class Model {
  /** A tensor's place in {@link #bytes()}. */
  record Tensor(String name, int begin, int end) {}

  private final ElementType type;
  private final byte[] bytes;
  private final List<Tensor> tensors;

  private Model(ElementType type, byte[] bytes, List<Tensor> tensors) {
    this.type = type;
    this.bytes = bytes;
    this.tensors = tensors;
  }

  /** The 32-bit floats of an ONNX file, as they are in it. */
  static Model read(Path onnx) throws IOException {
    byte[] file = Files.readAllBytes(onnx);
    List<Tensor> tensors = new ArrayList<>();
    byte[] bytes = new byte[file.length];
    int at = 0;
    Onnx description = Onnx.read(onnx.getFileName().toString(), ByteSource.of(file));
    for (Onnx.Initializer initializer : description.initializers()) {
      TensorSpan tensor = initializer.tensor();
      if (ElementType.of(tensor.dtype()) == ElementType.F32) {
        int length = (int) tensor.bytes();
        System.arraycopy(file, (int) tensor.begin(), bytes, at, length);
        tensors.add(new Tensor(tensor.name(), at, at + length));
        at += length;
      }
    }
    return new Model(ElementType.F32, Arrays.copyOf(bytes, at), tensors);
  }

  /** The same in a type of 16 bits, rounded to nearest where it does not hold a value. */
  Model as(ElementType narrower) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer out = ByteBuffer.allocate(bytes.length / 2).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      int bits = in.getInt();
      out.putShort(
          narrower == ElementType.F16
              ? Float.floatToFloat16(Float.intBitsToFloat(bits))
              : (short) ((bits + 0x7fff + (bits >>> 16 & 1)) >>> 16));
    }
    return new Model(
        narrower,
        out.array(),
        tensors.stream().map(t -> new Tensor(t.name(), t.begin() / 2, t.end() / 2)).toList());
  }

  ElementType type() {
    return type;
  }

  byte[] bytes() {
    return bytes;
  }

  List<Tensor> tensors() {
    return tensors;
  }

  /** Whether names and sizes agree, so that each tensor has its base at the same place. */
  boolean alignsWith(Model other) {
    return tensors.equals(other.tensors);
  }
}
