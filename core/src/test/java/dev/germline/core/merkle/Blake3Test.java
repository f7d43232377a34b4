package dev.germline.core.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.core.Vectors;
import dev.germline.core.substrate.Digest;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Blake3Test {
  private static byte[] input(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i % 251);
    }
    return bytes;
  }

  @Test
  void theOfficialVectors() {
    int checked = 0;
    for (JsonNode c : Vectors.read("blake3_test_vectors.json").get("cases")) {
      byte[] input = input(c.get("input_len").asInt());
      Digest expected = Digest.parse(c.get("hash").asText().substring(0, 64));
      assertThat(Blake3.hash(input)).as("length %d", input.length).isEqualTo(expected);
      checked++;
    }
    assertThat(checked).isGreaterThan(30);
  }

  @Test
  void shortInputsHashLikeTheGeneralKernel() {
    byte[] bytes = input(1100);
    for (int length = 0; length <= bytes.length; length++) {
      Digest general = Blake3.hasher().update(bytes, 0, length).digest();
      assertThat(Blake3.hash(bytes, 0, length)).as("length %d", length).isEqualTo(general);
    }
  }

  @Test
  void piecesOfAnySizeGiveTheHashOfTheWhole() {
    Random random = new Random(7);
    byte[] whole = input(300_000);
    Blake3.Hasher hasher = Blake3.hasher();
    int at = 0;
    while (at < whole.length) {
      int n = Math.min(whole.length - at, random.nextInt(70_000));
      if (random.nextBoolean()) {
        hasher.update(whole, at, n);
      } else {
        hasher.update(ByteBuffer.wrap(whole, at, n));
      }
      at += n;
      assertThat(hasher.digest()).isEqualTo(Blake3.hash(whole, 0, at));
    }
  }
}
