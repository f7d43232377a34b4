package dev.germline.core.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.core.Vectors;
import dev.germline.core.substrate.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
  void theValuesOfTheAddendum() {
    assertThat(Blake3.hash(new byte[0]))
        .hasToString("af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262");
    assertThat(
            Blake3.hash(
                "The quick brown fox jumps over the lazy dog.".getBytes(StandardCharsets.UTF_8)))
        .hasToString("4c9bd68d7f0baa2e167cef98295eb1ec99a3ec8f0656b33dbae943b387f31d5d");
    assertThat(Blake3.hash("empty".getBytes(StandardCharsets.UTF_8)))
        .hasToString("6bdf3fe55052831d222fc6b82b2ba03f32b3599410fafd317642e21925c38f16");
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
