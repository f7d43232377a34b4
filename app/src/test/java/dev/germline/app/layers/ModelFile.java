package dev.germline.app.layers;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A safetensors file of float32 matrices. */
final class ModelFile {
  private final List<String> entries = new ArrayList<>();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();

  /** Adds a tensor of these bytes. */
  ModelFile tensor(String name, String dtype, String shape, byte[] bytes) {
    entries.add(
        "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
            .formatted(name, dtype, shape, data.size(), data.size() + bytes.length));
    data.writeBytes(bytes);
    return this;
  }

  byte[] bytes() {
    byte[] json = ("{" + String.join(",", entries) + "}").getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + data.size())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .put(data.toByteArray())
        .array();
  }

  /** Weights as training leaves them: around 0, few of them large. */
  static byte[] weights(int count, long seed) {
    Random random = new Random(seed);
    ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      bytes.putFloat((float) random.nextGaussian() * 0.04f);
    }
    return bytes.array();
  }

  /** The same after some more training. */
  static byte[] tuned(byte[] weights, long seed) {
    Random random = new Random(seed);
    ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(weights, weights.length));
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < weights.length; at += Float.BYTES) {
      bytes.putFloat(at, bytes.getFloat(at) * (1 + (float) random.nextGaussian() * 0.01f));
    }
    return bytes.array();
  }
}
