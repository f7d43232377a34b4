package dev.germline.core.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One tensor of a file of any format as a safetensors file of its own. */
public final class LoneTensor {
  /** The data is aligned to this, as the reference implementation does. */
  private static final int ALIGNMENT = 8;

  private static final ObjectMapper JSON = new ObjectMapper();

  private LoneTensor() {}

  /**
   * What goes before the tensor's bytes to make a safetensors file of them. Dimensions are the
   * slowest first, so those of GGUF are turned around.
   *
   * @param bigEndian whether the file has its numbers so (GGUF may)
   * @throws GermlineException TENSOR_NOT_CONVERTIBLE when safetensors has no such element type, or
   *     the bytes would have to be changed
   */
  public static byte[] header(FileFormat format, TensorSpan tensor, boolean bigEndian) {
    @Nullable SafetensorsType type = type(format, tensor.dtype());
    if (type == null) {
      throw refused(tensor, "safetensors has no element type for " + tensor.dtype());
    }
    if (bigEndian && type.bits() > 8) {
      throw refused(tensor, "its numbers are big-endian, and those of safetensors are not");
    }
    if (tensor.name().equals("__metadata__")) {
      throw refused(tensor, "safetensors keeps that name for itself");
    }
    ObjectNode header = JsonNodeFactory.instance.objectNode();
    ObjectNode described = header.putObject(tensor.name());
    described.put("dtype", type.name());
    List<Long> shape = format == FileFormat.GGUF ? tensor.shape().reversed() : tensor.shape();
    shape.forEach(described.putArray("shape")::add);
    described.putArray("data_offsets").add(0L).add(tensor.bytes());
    byte[] json = json(header);
    int padded = Math.ceilDiv(json.length, ALIGNMENT) * ALIGNMENT;
    byte[] bytes = new byte[Long.BYTES + padded];
    Arrays.fill(bytes, (byte) ' ');
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).put(json);
    return bytes;
  }

  private static byte[] json(ObjectNode header) {
    try {
      return JSON.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a JSON tree is not JSON", impossible);
    }
  }

  /** Packed types below a byte are left out but from safetensors: their order of bits differs. */
  private static @Nullable SafetensorsType type(FileFormat format, String dtype) {
    return switch (format) {
      case SAFETENSORS -> SafetensorsType.named(dtype);
      case GGUF ->
          switch (dtype) {
            case "F32", "F16", "BF16", "F64", "I8", "I16", "I32", "I64" ->
                SafetensorsType.named(dtype);
            default -> null;
          };
      case ONNX ->
          switch (dtype) {
            case "FLOAT" -> SafetensorsType.F32;
            case "DOUBLE" -> SafetensorsType.F64;
            case "FLOAT16" -> SafetensorsType.F16;
            case "BFLOAT16" -> SafetensorsType.BF16;
            case "UINT8" -> SafetensorsType.U8;
            case "INT8" -> SafetensorsType.I8;
            case "UINT16" -> SafetensorsType.U16;
            case "INT16" -> SafetensorsType.I16;
            case "UINT32" -> SafetensorsType.U32;
            case "INT32" -> SafetensorsType.I32;
            case "UINT64" -> SafetensorsType.U64;
            case "INT64" -> SafetensorsType.I64;
            case "BOOL" -> SafetensorsType.BOOL;
            case "COMPLEX64" -> SafetensorsType.C64;
            case "FLOAT8E4M3FN" -> SafetensorsType.F8_E4M3;
            case "FLOAT8E4M3FNUZ" -> SafetensorsType.F8_E4M3FNUZ;
            case "FLOAT8E5M2" -> SafetensorsType.F8_E5M2;
            case "FLOAT8E5M2FNUZ" -> SafetensorsType.F8_E5M2FNUZ;
            case "FLOAT8E8M0" -> SafetensorsType.F8_E8M0;
            default -> null;
          };
      case PYTORCH_PICKLE, PEFT_CONFIG, JSON, OTHER -> null;
    };
  }

  private static GermlineException refused(TensorSpan tensor, String why) {
    return new GermlineException(
        Fault.TENSOR_NOT_CONVERTIBLE,
        "tensor %s cannot be had as safetensors: %s; ask for its raw bytes"
            .formatted(FileFault.show(tensor.name()), why));
  }
}
