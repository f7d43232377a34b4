package dev.germline.core.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.core.Vectors;
import dev.germline.core.substrate.Digest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class Blake3Test {
  private static final int UNIT = Blake3State.UNIT_BYTES;

  private static byte[] input(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i % 251);
    }
    return bytes;
  }

  private static Digest expected(JsonNode vector, String mode) {
    return Digest.parse(vector.get(mode).asText().substring(0, 64));
  }

  /** A second implementation, slow and independent. */
  private static Digest peer(byte[] input, int offset, int length) {
    var peer = io.github.rctcwyvrn.blake3.Blake3.newInstance();
    byte[] copy = new byte[length];
    System.arraycopy(input, offset, copy, 0, length);
    peer.update(copy);
    return Digest.of(peer.digest());
  }

  @Test
  void theOfficialVectorsOfAllThreeModes() {
    JsonNode vectors = Vectors.read("blake3_test_vectors.json");
    byte[] key = vectors.get("key").asText().getBytes(StandardCharsets.US_ASCII);
    String context = vectors.get("context_string").asText();
    int checked = 0;
    for (JsonNode c : vectors.get("cases")) {
      byte[] input = input(c.get("input_len").asInt());
      String length = "length " + input.length;
      assertThat(Blake3.hash(input)).as(length).isEqualTo(expected(c, "hash"));
      assertThat(Blake3.keyedHasher(key).update(input).digest())
          .as(length)
          .isEqualTo(expected(c, "keyed_hash"));
      assertThat(Blake3.keyDeriver(context).update(input).digest())
          .as(length)
          .isEqualTo(expected(c, "derive_key"));
      checked++;
    }
    assertThat(checked).isGreaterThan(30);
  }

  @Test
  void aKeyHas32Bytes() {
    assertThatThrownBy(() -> Blake3.keyedHasher(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("31");
  }

  @Test
  void shortInputsHashLikeLongOnes() {
    byte[] bytes = input(1100);
    for (int length = 0; length <= bytes.length; length++) {
      Digest general = Blake3.hasher().update(bytes, 0, length).digest();
      assertThat(Blake3.hash(bytes, 0, length)).as("length %d", length).isEqualTo(general);
    }
  }

  @Property(tries = 200)
  void anyLengthAtAnyOffsetHashesLikeAnotherImplementation(
      @ForAll @IntRange(max = 40_000) int length, @ForAll @IntRange(max = 70) int offset) {
    byte[] bytes = input(offset + length + 5);
    assertThat(Blake3.hash(bytes, offset, length)).isEqualTo(peer(bytes, offset, length));
  }

  /** Where groups, units and the joins of units begin and end. */
  @Test
  void lengthsAroundEveryStepHashLikeAnotherImplementation() {
    byte[] bytes = input(5 * UNIT + 2);
    for (int edge :
        new int[] {1024, 2048, 16 << 10, 17 << 10, UNIT, 2 * UNIT, 3 * UNIT, 5 * UNIT}) {
      for (int length = edge - 1; length <= edge + 1; length++) {
        Digest expected = peer(bytes, 0, length);
        assertThat(Blake3.hash(bytes, 0, length)).as("length %d", length).isEqualTo(expected);
        MemorySegment segment = MemorySegment.ofArray(bytes).asSlice(0, length);
        assertThat(Blake3.hashInParallel(segment)).as("length %d", length).isEqualTo(expected);
      }
    }
  }

  /** Bytes come as an array, as a buffer or as a segment on or off the heap. */
  @Property(tries = 100)
  void anySplitGivesTheHashOfTheWhole(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] whole = new byte[random.nextInt(4 * UNIT)];
    random.nextBytes(whole);
    int largest = 1 << random.nextInt(20);
    Blake3.Hasher hasher = Blake3.hasher();
    try (Arena arena = Arena.ofShared()) {
      MemorySegment offHeap = arena.allocate(whole.length + 1);
      MemorySegment.copy(MemorySegment.ofArray(whole), 0, offHeap, 0, whole.length);
      int at = 0;
      while (at < whole.length) {
        int n = Math.min(whole.length - at, random.nextInt(largest + 1));
        switch (random.nextInt(5)) {
          case 0 -> hasher.update(whole, at, n);
          case 1 -> hasher.update(ByteBuffer.wrap(whole, at, n).asReadOnlyBuffer());
          case 2 -> hasher.update(offHeap.asSlice(at, n));
          case 3 -> hasher.update(offHeap.asByteBuffer().position(at).limit(at + n));
          default -> hasher.updateInParallel(offHeap.asSlice(at, n));
        }
        at += n;
      }
    }
    Digest expected = Blake3.hash(whole);
    assertThat(hasher.digest()).isEqualTo(expected);
    assertThat(Blake3.hashInParallel(MemorySegment.ofArray(whole))).isEqualTo(expected);
  }

  @Test
  void aDigestInBetweenChangesNothing() {
    byte[] whole = input(3 * UNIT + 7);
    Blake3.Hasher hasher = Blake3.hasher();
    for (int at = 0; at < whole.length; ) {
      int n = Math.min(whole.length - at, 9_973);
      at += n;
      hasher.update(whole, at - n, n);
      assertThat(hasher.digest()).isEqualTo(Blake3.hash(whole, 0, at));
    }
  }

  @Test
  void aBufferIsLeftEmpty() {
    ByteBuffer buffer = ByteBuffer.wrap(input(5000)).position(10);
    Digest digest = Blake3.hasher().update(buffer).digest();
    assertThat(buffer.hasRemaining()).isFalse();
    assertThat(digest).isEqualTo(Blake3.hash(input(5000), 10, 4990));
  }
}
