package dev.germline.blobstore.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.blobstore.encoding.Weights.Kind;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Frames as they lie in stores: these must decode for ever. What is compressed may come out of
 * another zstd differently, so that only frames without are pinned in the other direction.
 */
class GoldenFrameTest {
  private static final PieceCodec CODEC = new PieceCodec();
  private static final int MIB = 1 << 20;

  private static final String COMPRESSED =
      "010202000200025c000028b52ffd600000950200069013876543111011001000110003c7f70c"
          + "ee5825e02e5051e22e8e793203874a9b2f64ca58e96907ffbb147d4c1831ac35edfd82a3b34c"
          + "a420f0bb713a0a247f402efc2c1b289088ef60f9a9c11b5005000274000028b52ffd60000055"
          + "03000690198511211117001700170080cef6966466aec5b27f72c4060a96e9bc597761228105"
          + "6326686574ca102a9ec6b2158c7d43998a22ad4eb2728a0ca86164ab691551165b6fbabad682"
          + "512362997961be675f4e353d18980743e872b1b503132854ce1233e5723a0600";

  private static final String TEXT =
      "010001b4000028b52ffd20b4850000486765726d6c696e652001002852e508";

  @AfterAll
  static void close() {
    CODEC.close();
  }

  @Test
  void theWorkedExampleOfTheDocument() {
    byte[] base = hex("803f 00bf 003c 803f");
    byte[] frame =
        hex(
            "01 07 13 080000 78 08"
                + "010000 000000 000000 000000 000000 000000 010000 020000"
                + "0002 0001 010201  0000 0000 0000");
    assertDecodes(frame, base, hex("813f 01bf 013c 7f3f"));
  }

  @Test
  void planesMoveTheSign() {
    // -1.5, 2.0, NaN with a payload, -0.0; and a byte over
    assertDecodes(
        hex("01 07 02 090000  01 c0 00 a5 80  01 7f 80 ff 00  ee"),
        null,
        hex("c0bf 0040 a5ff 0080 ee"));
    // 1.0, -3.0 in 32 bits
    assertDecodes(
        hex("01 08 02 080000  0000 0000 01 00 c0  01 7f 80"), null, hex("0000803f 000040c0"));
  }

  @Test
  void narrowedFloats() {
    // 1.0, -2^-24 (the smallest denormal), infinity in binary16
    assertDecodes(
        hex("01 08 06 0c0000  01 00 81 00  01 78 00 f8"), null, hex("0000803f 000080b3 0000807f"));
    assertDecodes(hex("01 08 0a 040000 01 ab 01 ff"), null, hex("0000abff"));
  }

  @Test
  void wholeNumbersWrapAround() {
    // 0 - 1, 5 + 2, 127 + 1
    assertDecodes(hex("01 01 12 030000 01 01 04 02"), hex("00 05 7f"), hex("ff 07 80"));
    // eight bytes wide
    assertDecodes(
        hex("01 04 12 080000 0001 0000 0000 0000 0000 0000 0000 0000"),
        hex("0000000000000000"),
        hex("ffffffffffffffff"));
  }

  @Test
  void compressedStreams() {
    assertDecodes(hex(COMPRESSED), null, skewed());
  }

  @Test
  void rawAndZstd() {
    assertDecodes(hex("01 00 00 030000 616263"), null, hex("616263"));
    assertDecodes(hex("01 00 00 000000"), null, new byte[0]);
    assertDecodes(hex(TEXT), null, "germline ".repeat(20).getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void whatTheEncoderWritesForConstantsAndEqualPieces() {
    byte[] ones = new byte[MIB];
    for (int at = 0; at < MIB; at += 4) {
      Weights.put(ones, at, 4, Float.floatToRawIntBits(1));
    }
    assertThat(encode(ones, ElementType.F32, null)).isEqualTo("01080a0000100000007f");
    byte[] noise = Weights.of(Kind.RANDOM, ElementType.BF16, MIB, 1);
    assertThat(encode(noise, ElementType.BF16, noise)).isEqualTo("01071200001000000000");
    assertThat(encode(hex("0102"), ElementType.BF16, null)).isEqualTo("0107000200000102");
  }

  private static String encode(byte[] raw, ElementType type, byte @Nullable [] base) {
    byte[] out = new byte[PieceCodec.maxFrame(raw.length)];
    Encoding encoding = CODEC.encode(raw, 0, raw.length, type, base, 0, out, 0);
    return HexFormat.of().formatHex(out, 0, encoding.frameLength());
  }

  private static void assertDecodes(byte[] frame, byte @Nullable [] base, byte[] piece) {
    byte[] out = new byte[piece.length];
    CODEC.decode(frame, 0, frame.length, base, 0, out, 0, out.length);
    assertThat(out).isEqualTo(piece);
    assertThat(PlainDecoder.decode(frame, base)).isEqualTo(piece);
  }

  /** 16-bit integers whose bytes are skewed, in both planes. */
  private static byte[] skewed() {
    Random random = new Random(5);
    byte[] bytes = new byte[512];
    for (int at = 0; at < bytes.length; at += 2) {
      bytes[at] = (byte) Integer.numberOfTrailingZeros(random.nextInt() | 1 << 15);
      bytes[at + 1] = (byte) random.nextInt(7);
    }
    return bytes;
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
  }
}
