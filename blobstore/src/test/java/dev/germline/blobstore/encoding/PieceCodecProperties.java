package dev.germline.blobstore.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.blobstore.encoding.Weights.Kind;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

class PieceCodecProperties {
  /** One for all tries: what a piece leaves in the scratch memory must not show in the next. */
  private static final PieceCodec CODEC = new PieceCodec();

  private static final byte GUARD = 0x5a;

  /** What the piece is told apart from. */
  enum Base {
    NONE,
    EQUAL,
    NEAR,
    NEAR_AND_NARROWABLE,
    UNRELATED,
    OF_ANOTHER_KIND
  }

  @AfterContainer
  static void close() {
    CODEC.close();
  }

  @Property(tries = 600, shrinking = ShrinkingMode.OFF, seed = "42")
  void everyPieceComesBackBitForBit(
      @ForAll ElementType type,
      @ForAll Kind kind,
      @ForAll Kind otherKind,
      @ForAll Base base,
      @ForAll @IntRange(max = 30_000) int length,
      @ForAll @IntRange(max = 9) int offset,
      @ForAll long seed) {
    byte[] raw = Weights.of(kind, type, length, seed);
    comesBack(raw, type, base(base, raw, kind, otherKind, type, seed), offset);
  }

  @Property(tries = 60, shrinking = ShrinkingMode.OFF, seed = "43")
  void shortPiecesToo(
      @ForAll ElementType type,
      @ForAll Kind kind,
      @ForAll Base base,
      @ForAll @IntRange(max = 70) int length,
      @ForAll long seed) {
    byte[] raw = Weights.of(kind, type, length, seed);
    comesBack(raw, type, base(base, raw, kind, kind, type, seed), 3);
  }

  @Property(tries = 25, shrinking = ShrinkingMode.OFF, seed = "44")
  void longPiecesWhereASampleDoesNotSeeAllToo(
      @ForAll ElementType type,
      @ForAll Kind kind,
      @ForAll Kind otherKind,
      @ForAll Base base,
      @ForAll @IntRange(min = 300_000, max = 1_500_000) int length,
      @ForAll long seed) {
    byte[] some = Weights.of(kind, type, length - 1000, seed);
    byte[] raw = Weights.concat(some, Weights.of(otherKind, type, 1000, seed));
    comesBack(raw, type, base(base, raw, kind, otherKind, type, seed), 0);
  }

  private static byte @Nullable [] base(
      Base base, byte[] raw, Kind kind, Kind otherKind, ElementType type, long seed) {
    return switch (base) {
      case NONE -> null;
      case EQUAL -> raw.clone();
      case NEAR -> Weights.near(raw, type, seed);
      case NEAR_AND_NARROWABLE ->
          type == ElementType.F32 ? Weights.nearAsF16(raw, seed) : Weights.near(raw, type, seed);
      case UNRELATED -> Weights.of(kind, type, raw.length, seed + 1);
      case OF_ANOTHER_KIND -> Weights.of(otherKind, type, raw.length, seed + 2);
    };
  }

  private static void comesBack(byte[] raw, ElementType type, byte @Nullable [] base, int offset) {
    byte[] shifted = Weights.concat(new byte[offset], raw);
    byte[] shiftedBase = base == null ? null : Weights.concat(new byte[2 * offset], base);
    byte[] out = new byte[offset + PieceCodec.maxFrame(raw.length)];

    Encoding encoding =
        CODEC.encode(shifted, offset, raw.length, type, shiftedBase, 2 * offset, out, offset);

    assertThat(encoding.frameLength()).isBetween(6, raw.length + 6);
    assertThat(PieceCodec.needsBase(out, offset, encoding.frameLength()))
        .isEqualTo(encoding.needsBase());
    assertThat(PieceCodec.rawLength(out, offset, encoding.frameLength())).isEqualTo(raw.length);
    byte[] back = new byte[offset + raw.length + 8];
    Arrays.fill(back, GUARD);
    CODEC.decode(
        out, offset, encoding.frameLength(), shiftedBase, 2 * offset, back, offset, raw.length);
    byte[] expected = new byte[back.length];
    Arrays.fill(expected, GUARD);
    System.arraycopy(raw, 0, expected, offset, raw.length);
    assertThat(Arrays.mismatch(back, expected)).isEqualTo(-1);

    byte[] frame = Arrays.copyOfRange(out, offset, offset + encoding.frameLength());
    assertThat(Arrays.mismatch(PlainDecoder.decode(frame, base), raw)).isEqualTo(-1);
  }
}
