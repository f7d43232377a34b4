package dev.germline.blobstore.segment;

import dev.germline.core.substrate.Digest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a segment around its frames: docs/segment-format.md. */
final class SegmentFormat {
  static final int HEADER = 64;
  static final int FOOTER = 24;

  /** Piece digest, offset, length. */
  static final int ENTRY = Digest.BYTES + 4 + 4;

  static final short VERSION = 1;
  static final short ENCRYPTED = 1;

  /** "GLSEGMNT" and "GLSEGEND". */
  static final long MAGIC = ascii("GLSEGMNT");

  static final long END_MAGIC = ascii("GLSEGEND");

  static final int DATA_KEY_AT = 16;
  static final int SALT_AT = 32;

  private SegmentFormat() {}

  static String key(Digest id) {
    String hex = id.toHex();
    return "segments/" + hex.substring(0, 2) + "/" + hex.substring(2, 4) + "/" + hex;
  }

  static ByteBuffer littleEndian(byte[] bytes, int offset, int length) {
    return ByteBuffer.wrap(bytes, offset, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  static ByteBuffer littleEndian(byte[] bytes) {
    return littleEndian(bytes, 0, bytes.length);
  }

  private static long ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII))
        .order(ByteOrder.LITTLE_ENDIAN)
        .getLong();
  }
}
