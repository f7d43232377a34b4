package dev.germline.blobstore.keys;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A data key as it is stored: of no use without the master key that wrapped it. Immutable. */
public final class Wrapping {
  /** Bytes that a wrapped key may have. */
  public static final int LONGEST = 512;

  private final String masterKey;
  private final byte[] bytes;

  /**
   * A wrapped key.
   *
   * @param masterKey the name of the one that wrapped it, at most 64 characters
   * @param bytes what came of it (copied), at most {@link #LONGEST}
   */
  public Wrapping(String masterKey, byte[] bytes) {
    if (masterKey.isEmpty() || masterKey.length() > 64 || bytes.length > LONGEST) {
      throw new IllegalArgumentException(masterKey + ", " + bytes.length + " bytes");
    }
    this.masterKey = masterKey;
    this.bytes = bytes.clone();
  }

  public String masterKey() {
    return masterKey;
  }

  /** A fresh copy. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Wrapping that
        && masterKey.equals(that.masterKey)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return masterKey + ":" + HexFormat.of().formatHex(bytes);
  }
}
