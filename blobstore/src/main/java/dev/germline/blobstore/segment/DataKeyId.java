package dev.germline.blobstore.segment;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Names a data key: 16 random bytes, which stand in the header of every segment under it. */
public record DataKeyId(long high, long low) {
  /** Length in bytes. */
  public static final int BYTES = 16;

  private static final SecureRandom RANDOM = new SecureRandom();

  /** The id in exactly these 16 bytes (copied). */
  public static DataKeyId of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new GermlineException(
          Fault.INVALID_ID, "the id of a data key has 16 bytes, these are " + bytes.length);
    }
    return of(bytes, 0);
  }

  static DataKeyId of(byte[] bytes, int offset) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, BYTES);
    return new DataKeyId(buffer.getLong(), buffer.getLong());
  }

  /** One that nobody has. */
  public static DataKeyId random() {
    return new DataKeyId(RANDOM.nextLong(), RANDOM.nextLong());
  }

  /** A fresh copy of the 16 bytes. */
  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
  }

  /** 32 lower-case hex digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes());
  }
}
