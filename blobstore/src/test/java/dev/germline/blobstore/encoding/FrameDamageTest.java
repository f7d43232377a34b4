package dev.germline.blobstore.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.germline.blobstore.encoding.Weights.Kind;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Whatever lies in a store, decoding gives bytes or a fault: no crash, no more memory, no hang. */
class FrameDamageTest {
  private static final PieceCodec CODEC = new PieceCodec();
  private static final byte GUARD = 0x5a;

  /** A good frame and what it was made from. */
  private static final class Sample {
    private final String label;
    private final byte[] frame;
    private final byte @Nullable [] base;
    private final int rawLength;

    Sample(String label, byte[] frame, byte @Nullable [] base, int rawLength) {
      this.label = label;
      this.frame = frame;
      this.base = base;
      this.rawLength = rawLength;
    }
  }

  private static final List<Sample> SAMPLES =
      List.of(
          sample(ElementType.BYTES, Kind.RANDOM, 101, false),
          sample(ElementType.BYTES, Kind.REPETITIVE, 9001, false),
          sample(ElementType.BF16, Kind.TRAINED, 9001, false),
          sample(ElementType.F32, Kind.TRAINED_AS_F16, 20_002, false),
          sample(ElementType.F32, Kind.TRAINED_AS_BF16, 20_002, false),
          sample(ElementType.F32, Kind.TRAINED, 60_002, true),
          sample(ElementType.F32, Kind.TRAINED_AS_F16, 60_002, true),
          sample(ElementType.I64, Kind.TRAINED, 5003, true),
          sample(ElementType.BF16, Kind.TRAINED, 60_001, true),
          sample(ElementType.BF16, Kind.CONSTANT, 20_001, false));

  @AfterAll
  static void close() {
    CODEC.close();
  }

  private static Sample sample(ElementType type, Kind kind, int length, boolean withBase) {
    byte[] raw = Weights.of(kind, type, length, 7);
    byte[] base = null;
    if (withBase) {
      base = kind == Kind.TRAINED_AS_F16 ? Weights.nearAsF16(raw, 8) : Weights.near(raw, type, 8);
    }
    byte[] out = new byte[PieceCodec.maxFrame(length)];
    Encoding encoding = CODEC.encode(raw, 0, length, type, base, 0, out, 0);
    byte[] frame = Arrays.copyOf(out, encoding.frameLength());
    return new Sample(encoding.label(), frame, base, length);
  }

  @Test
  void theSamplesHaveEveryLayout() {
    assertThat(SAMPLES.stream().map(sample -> sample.label).collect(Collectors.toSet()))
        .contains(
            "raw",
            "zstd",
            "planes",
            "f16+planes",
            "bf16+planes",
            "delta+planes",
            "delta+buckets",
            "f16+delta+buckets");
  }

  @Test
  void aTruncatedFrameIsRefused() {
    for (Sample sample : SAMPLES) {
      byte[] frame = sample.frame;
      for (int length = 0; length < frame.length; length += length < 300 ? 1 : 37) {
        byte[] start = Arrays.copyOf(frame, length);
        assertFault(sample.label + " " + length, () -> decode(sample, start));
      }
      byte[] longer = Arrays.copyOf(frame, frame.length + 1);
      assertFault(sample.label + " and more", () -> decode(sample, longer));
    }
  }

  @Test
  void aFlippedBitGivesAFaultOrOtherBytes() {
    for (Sample sample : SAMPLES) {
      byte[] frame = sample.frame;
      int bits = 8 * frame.length;
      for (int bit = 0; bit < bits; bit += bit < 1200 ? 1 : 61) {
        byte[] damaged = frame.clone();
        damaged[bit / 8] ^= (byte) (1 << bit % 8);
        survives(sample, damaged);
      }
    }
  }

  @Test
  void randomBytesAfterAGoodHeaderGiveAFaultOrOtherBytes() {
    Random random = new Random(3);
    for (Sample sample : SAMPLES) {
      for (int i = 0; i < 300; i++) {
        byte[] damaged = sample.frame.clone();
        byte[] noise = new byte[damaged.length - 6];
        random.nextBytes(noise);
        int from = random.nextInt(noise.length);
        System.arraycopy(noise, 0, damaged, 6 + from, noise.length - from);
        survives(sample, damaged);
      }
    }
  }

  @Test
  void anotherBaseIsNoticedWhereBucketsDependOnIt() {
    for (Sample sample : SAMPLES) {
      if (sample.label.endsWith("delta+buckets")) {
        byte[] other = new byte[sample.rawLength];
        assertFault(
            sample.label,
            () ->
                CODEC.decode(
                    sample.frame,
                    0,
                    sample.frame.length,
                    other,
                    0,
                    new byte[sample.rawLength],
                    0,
                    sample.rawLength));
      }
    }
  }

  @Test
  void aFrameWithoutItsBaseAndOneOfAnotherLengthAreRefused() {
    for (Sample sample : SAMPLES) {
      byte[] frame = sample.frame;
      byte[] out = new byte[sample.rawLength + 1];
      byte[] base = new byte[sample.rawLength + 1];
      if (sample.base != null) {
        assertFault(
            sample.label,
            () -> CODEC.decode(frame, 0, frame.length, null, 0, out, 0, sample.rawLength));
      }
      assertFault(
          sample.label, () -> CODEC.decode(frame, 0, frame.length, base, 0, out, 0, out.length));
    }
  }

  @Test
  void aBombEndsAtTheLengthOfThePiece() {
    byte[] zeros = Zstd.compress(new byte[64 << 20], 3);
    byte[] whole = Weights.concat(new byte[] {1, 0, 1, 100, 0, 0}, zeros);
    byte[] out = new byte[200];
    Arrays.fill(out, GUARD);
    assertFault("whole", () -> CODEC.decode(whole, 0, whole.length, null, 0, out, 0, 100));
    byte[] stream =
        Weights.concat(
            new byte[] {1, 1, 2, 100, 0, 0, 2, (byte) zeros.length, (byte) (zeros.length >> 8), 0},
            zeros);
    assertFault("stream", () -> CODEC.decode(stream, 0, stream.length, null, 0, out, 0, 100));
    assertThat(out).endsWith(new byte[] {GUARD, GUARD, GUARD});
    byte[] largest = {1, 0, 1, -1, -1, -1};
    assertFault("largest", () -> PieceCodec.rawLength(largest, 0, 6));
  }

  /** Decoding ends with bytes or a fault and touches nothing outside the piece. */
  private static void survives(Sample sample, byte[] frame) {
    byte[] out = new byte[sample.rawLength + 16];
    Arrays.fill(out, GUARD);
    try {
      CODEC.decode(frame, 0, frame.length, sample.base, 0, out, 8, sample.rawLength);
    } catch (GermlineException refused) {
      assertThat(refused.fault()).isEqualTo(Fault.WEIGHT_FRAME_INVALID);
    }
    for (int i = 0; i < 8; i++) {
      assertThat(out[i]).isEqualTo(GUARD);
      assertThat(out[out.length - 1 - i]).isEqualTo(GUARD);
    }
  }

  private static void decode(Sample sample, byte[] frame) {
    byte[] out = new byte[sample.rawLength];
    CODEC.decode(frame, 0, frame.length, sample.base, 0, out, 0, out.length);
  }

  private static void assertFault(String what, ThrowingCallable call) {
    assertThatThrownBy(call)
        .as(what)
        .isInstanceOfSatisfying(
            GermlineException.class,
            e -> assertThat(e.fault()).isEqualTo(Fault.WEIGHT_FRAME_INVALID));
  }
}
