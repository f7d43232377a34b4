package dev.germline.blobstore.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.blobstore.encoding.Weights.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class EncodingChoiceTest {
  private static final PieceCodec CODEC = new PieceCodec();
  private static final int MIB = 1 << 20;

  @AfterAll
  static void close() {
    CODEC.close();
  }

  @Test
  void randomBytesAreLeftAlone() {
    for (ElementType type : ElementType.values()) {
      byte[] raw = Weights.of(Kind.RANDOM, ElementType.BYTES, 100_000, 1);
      assertThat(encode(raw, type, null).label()).as(type.name()).isEqualTo("raw");
    }
  }

  @Test
  void textIsCompressedAsText() {
    StringBuilder header = new StringBuilder();
    for (int i = 0; i < 3000; i++) {
      header.append("\"layer.").append(i).append("\":{\"dtype\":\"F32\",\"shape\":[384,384]},");
    }
    byte[] raw = header.toString().getBytes(StandardCharsets.UTF_8);
    Encoding encoding = encode(raw, ElementType.BYTES, null);
    assertThat(encoding.label()).isEqualTo("zstd");
    assertThat(encoding.frameLength()).isLessThan(raw.length / 6);
  }

  @Test
  void trainedWeightsBecomePlanes() {
    byte[] raw = Weights.of(Kind.TRAINED, ElementType.BF16, MIB, 1);
    Encoding encoding = encode(raw, ElementType.BF16, null);
    assertThat(encoding.label()).isEqualTo("planes");
    assertThat(encoding.frameLength() / (double) MIB).isLessThan(0.68);
  }

  @Test
  void wideFloatsThatAreExactlyNarrowAreNarrowed() {
    byte[] f16 = Weights.of(Kind.TRAINED_AS_F16, ElementType.F32, MIB, 1);
    assertThat(encode(f16, ElementType.F32, null).label()).isEqualTo("f16+planes");
    byte[] bf16 = Weights.of(Kind.TRAINED_AS_BF16, ElementType.F32, MIB, 1);
    assertThat(encode(bf16, ElementType.F32, null).label()).isEqualTo("bf16+planes");
    byte[] infinitiesAndDenormals = Weights.of(Kind.SPECIAL_AS_F16, ElementType.F32, MIB, 1);
    assertThat(encode(infinitiesAndDenormals, ElementType.F32, null).narrowing())
        .isEqualTo(Narrowing.F16);
  }

  @Test
  void oneElementThatDoesNotFitKeepsAllWide() {
    byte[] raw = Weights.of(Kind.TRAINED_AS_F16, ElementType.F32, MIB, 1);
    Weights.put(raw, 300_000, 4, 0x3f800001);
    assertThat(encode(raw, ElementType.F32, null).narrowing()).isEqualTo(Narrowing.NONE);
  }

  @Test
  void nansNeverBecomeBinary16ButKeepTheirPayloadAsBf16() {
    byte[] f16 = Weights.of(Kind.TRAINED_AS_F16, ElementType.F32, MIB, 1);
    Weights.put(f16, 300_000, 4, 0x7fc00000);
    assertThat(encode(f16, ElementType.F32, null).narrowing()).isEqualTo(Narrowing.NONE);
    byte[] bf16 = Weights.of(Kind.TRAINED_AS_BF16, ElementType.F32, MIB, 1);
    Weights.put(bf16, 300_000, 4, 0xffab0000);
    assertThat(encode(bf16, ElementType.F32, null).narrowing()).isEqualTo(Narrowing.BF16);
  }

  @Test
  void aNearBaseGivesDifferencesInBuckets() {
    for (ElementType type : new ElementType[] {ElementType.BF16, ElementType.F16}) {
      byte[] base = Weights.of(Kind.TRAINED, type, MIB, 1);
      Encoding encoding = encode(Weights.near(base, type, 2), type, base);
      assertThat(encoding.label()).isEqualTo("delta+buckets");
      assertThat(encoding.frameLength()).isLessThan(MIB * 6 / 10);
    }
  }

  @Test
  void bothAreNarrowedBeforeTheDifferenceWhereBothCanBe() {
    byte[] base = Weights.of(Kind.TRAINED_AS_F16, ElementType.F32, MIB, 1);
    byte[] raw = Weights.nearAsF16(base, 2);
    assertThat(encode(raw, ElementType.F32, base).label()).isEqualTo("f16+delta+buckets");
  }

  @Test
  void anEqualBaseLeavesNextToNothing() {
    for (ElementType type : ElementType.values()) {
      byte[] raw = Weights.of(Kind.RANDOM, type, MIB, 1);
      Encoding encoding = encode(raw, type, raw.clone());
      assertThat(encoding.label()).isEqualTo("delta+planes");
      assertThat(encoding.frameLength()).isLessThanOrEqualTo(6 + 2 * type.width());
    }
  }

  @Test
  void anUnrelatedBaseIsNotUsed() {
    byte[] raw = Weights.of(Kind.TRAINED, ElementType.BF16, MIB, 1);
    byte[] base = Weights.of(Kind.TRAINED, ElementType.BF16, MIB, 2);
    assertThat(encode(raw, ElementType.BF16, base).label()).isEqualTo("planes");
  }

  @Test
  void aBaseThatDoesNotNarrowLikeItsChildIsUsedOnlyWhereItPays() {
    byte[] raw = Weights.of(Kind.TRAINED_AS_F16, ElementType.F32, MIB, 1);
    byte[] base = raw.clone();
    Weights.put(base, 300_000, 4, 0x3f800001);
    Encoding encoding = encode(raw, ElementType.F32, base);
    assertThat(encoding.needsBase()).isTrue();
    assertThat(encoding.narrowing()).isEqualTo(Narrowing.NONE);
    byte[] wide = Weights.near(raw, ElementType.F32, 1);
    assertThat(encode(raw, ElementType.F32, wide).frameLength()).isLessThan(MIB / 2);
  }

  @Test
  void aConstantTakesAByteForEachByteOfIt() {
    byte[] ones = new byte[MIB];
    for (int at = 0; at < MIB; at += 4) {
      Weights.put(ones, at, 4, Float.floatToRawIntBits(1));
    }
    assertThat(encode(ones, ElementType.F32, null).frameLength()).isLessThan(20);
  }

  @Test
  void theLongestPiecesFitAndTheirStreamsAreSeveralZstdFrames() {
    for (ElementType type :
        new ElementType[] {ElementType.F8, ElementType.BF16, ElementType.F32, ElementType.I64}) {
      byte[] raw = Weights.of(Kind.TRAINED, type, PieceCodec.MAX_PIECE, 1);
      assertThat(encode(raw, type, null).layout()).as(type.name()).isNotEqualTo(Layout.RAW);
      assertThat(encode(raw, type, Weights.near(raw, type, 2)).frameLength())
          .as(type.name())
          .isLessThan(raw.length * 9 / 10);
    }
  }

  private static Encoding encode(byte[] raw, ElementType type, byte @Nullable [] base) {
    byte[] out = new byte[PieceCodec.maxFrame(raw.length)];
    Encoding encoding = CODEC.encode(raw, 0, raw.length, type, base, 0, out, 0);
    byte[] back = new byte[raw.length];
    CODEC.decode(out, 0, encoding.frameLength(), base, 0, back, 0, raw.length);
    assertThat(Arrays.mismatch(back, raw)).isEqualTo(-1);
    byte[] frame = Arrays.copyOf(out, encoding.frameLength());
    assertThat(Arrays.mismatch(PlainDecoder.decode(frame, base), raw)).isEqualTo(-1);
    return encoding;
  }
}
