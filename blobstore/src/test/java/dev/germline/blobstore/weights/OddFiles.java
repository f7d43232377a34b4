package dev.germline.blobstore.weights;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Files as they should not be, or seldom are, by what is odd about them. */
final class OddFiles {
  private static final int FLOATS = 40_000;

  private OddFiles() {}

  static Map<String, byte[]> all() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("empty-header.safetensors", safetensors("{}", new byte[0]));
    files.put("no-header.safetensors", new byte[] {1});
    files.put("huge-header.safetensors", header(Long.MAX_VALUE));
    files.put("negative-header.safetensors", header(-1));
    files.put("not-json.safetensors", safetensors("{\"a\":", noise(1, 5000)));
    files.put(
        "overlapping.safetensors",
        safetensors(
            """
            {"a":{"dtype":"F32","shape":[1000],"data_offsets":[0,4000]},\
            "b":{"dtype":"F32","shape":[1000],"data_offsets":[2000,6000]}}\
            """,
            noise(2, 6000)));
    files.put(
        "zero-sized.safetensors",
        safetensors(
            """
            {"a":{"dtype":"F32","shape":[0,7],"data_offsets":[0,0]},\
            "b":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}\
            """,
            noise(3, 4)));
    files.put(
        "unaligned.safetensors",
        safetensors(
            """
            {"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},\
            "b":{"dtype":"F32","shape":[40000],"data_offsets":[3,160003]}} \
            """,
            join(noise(4, 3), floats(0))));
    files.put("nan-payloads.safetensors", tensor("F32", floats(0x7f80_0001)));
    files.put("negative-nans.safetensors", tensor("F32", floats(0xffc0_1234)));
    files.put("denormals.safetensors", tensor("F32", floats(0x0000_0001)));
    files.put("half-denormals.safetensors", tensor("F16", noise(5, 4 * FLOATS)));
    files.put("bfloat-noise.safetensors", tensor("BF16", noise(6, 4 * FLOATS)));
    files.put("doubles.safetensors", tensor("F64", noise(7, 8 * FLOATS)));
    files.put("eight-bits.safetensors", tensor("F8_E4M3", noise(8, FLOATS)));
    files.put("little.gguf", gguf(ByteOrder.LITTLE_ENDIAN));
    files.put("big.gguf", gguf(ByteOrder.BIG_ENDIAN));
    files.put("inside.onnx", onnx(false));
    files.put("external.onnx", onnx(true));
    files.put("pickle.bin", join(new byte[] {'P', 'K', 3, 4}, noise(9, 300_000)));
    files.put("model.onnx_data", floats(0));
    return files;
  }

  private static byte[] tensor(String dtype, byte[] data) {
    long width = dtype.equals("F64") ? 8 : dtype.equals("F32") ? 4 : dtype.startsWith("F8") ? 1 : 2;
    return safetensors(
        "{\"w\":{\"dtype\":\"%s\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
            .formatted(dtype, data.length / width, data.length),
        data);
  }

  private static byte[] safetensors(String header, byte[] data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return join(
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).array(),
        json,
        data);
  }

  private static byte[] header(long length) {
    return join(
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array(),
        "{\"a\":".getBytes(StandardCharsets.UTF_8));
  }

  /** Weights that fit half precision, among them some with these bits. */
  private static byte[] floats(int odd) {
    Random random = new Random(odd);
    ByteBuffer bytes = ByteBuffer.allocate(4 * FLOATS).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < FLOATS; i++) {
      bytes.putInt(
          odd != 0 && random.nextInt(500) == 0
              ? odd + random.nextInt(5)
              : Float.floatToIntBits(
                  Float.float16ToFloat(Float.floatToFloat16((float) random.nextGaussian()))));
    }
    return bytes.array();
  }

  private static byte[] gguf(ByteOrder order) {
    byte[] data = noise(10, 4 * FLOATS);
    byte[] name = "blk.0.weight".getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(200 + data.length).order(order);
    file.put("GGUF".getBytes(StandardCharsets.US_ASCII)).putInt(3).putLong(1).putLong(0);
    file.putLong(name.length).put(name).putInt(1).putLong(FLOATS).putInt(0).putLong(0);
    file.position((file.position() + 31) / 32 * 32);
    file.put(data);
    byte[] all = new byte[file.position()];
    file.get(0, all);
    return all;
  }

  private static byte[] onnx(boolean external) {
    byte[] weights = floats(0);
    byte[] tensor =
        external
            ? join(
                number(1, FLOATS),
                number(2, 1),
                bytes(8, "w".getBytes(StandardCharsets.UTF_8)),
                bytes(13, join(text(1, "location"), text(2, "model.onnx_data"))),
                number(14, 1))
            : join(number(1, FLOATS), number(2, 1), text(8, "w"), bytes(9, weights));
    byte[] late = join(bytes(9, noise(11, 8000)), number(1, 2000), number(2, 1), text(8, "late"));
    byte[] graph = join(text(2, "g"), bytes(5, tensor), bytes(5, late));
    return join(number(1, 8), bytes(7, graph));
  }

  private static byte[] text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] bytes(int field, byte[] value) {
    return join(varint(field << 3 | 2), varint(value.length), value);
  }

  private static byte[] number(int field, long value) {
    return join(varint(field << 3), varint(value));
  }

  private static byte[] varint(long value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long left = value;
    while (left >= 0x80) {
      out.write((int) left | 0x80);
      left >>>= 7;
    }
    out.write((int) left);
    return out.toByteArray();
  }

  private static byte[] noise(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
