package dev.germline.blobstore.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.core.weights.FileFormat;
import dev.germline.core.weights.TensorSpan;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Files of all kinds come back as they were. */
class WeightStoreIT extends OnWeightStore {
  @Test
  void filesOfEverySizeComeBackByteForByte() throws IOException {
    for (int size : new int[] {1, 2, 1000, MIB, 4 * MIB, 4 * MIB + 1, 37 * MIB + 5}) {
      byte[] bytes = random(size, size);
      assertComesBack(put("any.bin", bytes), bytes);
    }
  }

  @Test
  void anyRangeIsReadAlone() throws IOException {
    byte[] bytes = model().safetensors();
    Stored stored = put("model.safetensors", bytes);
    Random random = new Random(5);
    for (int i = 0; i < 50; i++) {
      int from = random.nextInt(bytes.length);
      int to = from + random.nextInt(bytes.length - from + 1);
      assertThat(Arrays.equals(read(stored, from, to - from), Arrays.copyOfRange(bytes, from, to)))
          .isTrue();
    }
    assertThat(store.bytes(stored.recipe(), bytes.length).read(4 * MIB - 10, 20))
        .isEqualTo(Arrays.copyOfRange(bytes, 4 * MIB - 10, 4 * MIB + 10));
  }

  @Test
  void aFileIsCutAtItsTensorsAndStoredSmaller() throws IOException {
    byte[] bytes = model().safetensors();
    Stored stored = put("model.safetensors", bytes);

    assertThat(stored.scan().format()).isEqualTo(FileFormat.SAFETENSORS);
    List<Long> cuts = index.recipe(stored.recipe()).stream().map(PlacedPiece::offset).toList();
    for (TensorSpan tensor : stored.scan().tensors()) {
      if (tensor.bytes() > 512) {
        assertThat(cuts).contains(tensor.begin());
      }
    }
    assertThat(index.storedBytes()).isLessThan(bytes.length * 70L / 100);
    assertThat(index.segments()).isEqualTo(1);
    assertComesBack(stored, bytes);
  }

  @Test
  void aSmallFileOfManyTensorsComesBack() throws IOException {
    SomeModel many = new SomeModel();
    for (int i = 0; i < 1500; i++) {
      many.with("t" + i, 1, 512, i);
    }
    byte[] bytes = many.safetensors();
    assertThat(bytes.length).isLessThan(Batch.BYTES);
    assertComesBack(put("model.safetensors", bytes), bytes);
  }

  @Test
  void oddFilesComeBackByteForByte() throws IOException {
    for (Map.Entry<String, byte[]> file : OddFiles.all().entrySet()) {
      byte[] bytes = file.getValue();
      Stored stored = put(file.getKey(), bytes);
      assertThat(Arrays.equals(read(stored, 0, bytes.length), bytes)).as(file.getKey()).isTrue();
      Stored child = put(TENANT, file.getKey(), changed(bytes, 1), bases(stored));
      assertThat(Arrays.equals(read(child, 0, bytes.length), changed(bytes, 1)))
          .as("child of " + file.getKey())
          .isTrue();
    }
  }

  @Test
  void brokenHeadersAndCutFilesComeBackByteForByte() throws IOException {
    List<Map.Entry<String, byte[]>> files = List.copyOf(OddFiles.all().entrySet());
    Random random = new Random(12);
    for (int i = 0; i < 300; i++) {
      Map.Entry<String, byte[]> file = files.get(random.nextInt(files.size()));
      byte[] bytes = changed(file.getValue(), i);
      byte[] cut = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
      Stored stored = put(file.getKey(), random.nextBoolean() ? cut : bytes);
      byte[] expected = stored.digests().size() == cut.length ? cut : bytes;
      assertThat(Arrays.equals(read(stored, 0, expected.length), expected))
          .as(file.getKey() + " " + i)
          .isTrue();
    }
  }

  /** With some bits flipped, most of them where formats describe themselves. */
  private static byte[] changed(byte[] bytes, long seed) {
    byte[] changed = bytes.clone();
    Random random = new Random(seed);
    for (int i = 0; i < 3; i++) {
      int among = random.nextInt(4) == 0 ? bytes.length : Math.min(bytes.length, 200);
      changed[random.nextInt(among)] ^= (byte) (1 << random.nextInt(8));
    }
    return changed;
  }
}
