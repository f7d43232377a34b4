package dev.germline.blobstore.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Safetensors files of bf16 weights like those of models, and like children of them. */
final class SomeModel {
  private final List<String> names = new ArrayList<>();
  private final List<int[]> shapes = new ArrayList<>();
  private final List<byte[]> data = new ArrayList<>();

  /** Normally distributed weights. */
  SomeModel with(String name, int rows, int columns, long seed) {
    Random random = new Random(seed);
    ByteBuffer bytes = ByteBuffer.allocate(2 * rows * columns).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < rows * columns; i++) {
      bytes.putShort(bf16((float) (random.nextGaussian() * 0.02)));
    }
    return with(name, rows, columns, bytes.array());
  }

  SomeModel with(String name, int rows, int columns, byte[] bytes) {
    names.add(name);
    shapes.add(new int[] {rows, columns});
    data.add(bytes);
    return this;
  }

  /** The same tensors a little moved, as after training on. */
  SomeModel tuned(long seed) {
    Random random = new Random(seed);
    SomeModel child = new SomeModel();
    for (int t = 0; t < names.size(); t++) {
      ByteBuffer from = ByteBuffer.wrap(data.get(t)).order(ByteOrder.LITTLE_ENDIAN);
      ByteBuffer to = ByteBuffer.allocate(from.capacity()).order(ByteOrder.LITTLE_ENDIAN);
      while (from.hasRemaining()) {
        float weight = Float.intBitsToFloat((from.getShort() & 0xffff) << 16);
        to.putShort(bf16((float) (weight * (1 + 0.01 * random.nextGaussian()))));
      }
      child.with(names.get(t), shapes.get(t)[0], shapes.get(t)[1], to.array());
    }
    return child;
  }

  /** With more rows of one tensor, as after growing a vocabulary. */
  SomeModel grown(String name, int more, long seed) {
    SomeModel child = new SomeModel();
    for (int t = 0; t < names.size(); t++) {
      int rows = shapes.get(t)[0];
      int columns = shapes.get(t)[1];
      if (names.get(t).equals(name)) {
        byte[] extra = new SomeModel().with("x", more, columns, seed).data.getFirst();
        byte[] all =
            ByteBuffer.allocate(data.get(t).length + extra.length)
                .put(data.get(t))
                .put(extra)
                .array();
        child.with(name, rows + more, columns, all);
      } else {
        child.with(names.get(t), rows, columns, data.get(t));
      }
    }
    return child;
  }

  byte[] safetensors() {
    StringBuilder header = new StringBuilder("{");
    int at = 0;
    for (int t = 0; t < names.size(); t++) {
      int length = data.get(t).length;
      header
          .append(t == 0 ? "" : ",")
          .append(
              "\"%s\":{\"dtype\":\"BF16\",\"shape\":[%d,%d],\"data_offsets\":[%d,%d]}"
                  .formatted(names.get(t), shapes.get(t)[0], shapes.get(t)[1], at, at + length));
      at += length;
    }
    byte[] json = header.append("}").toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(8 + json.length + at)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(json.length)
            .put(json);
    data.forEach(file::put);
    return file.array();
  }

  private static short bf16(float value) {
    return (short) (Float.floatToIntBits(value) >>> 16);
  }
}
