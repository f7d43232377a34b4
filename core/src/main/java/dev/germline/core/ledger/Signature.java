package dev.germline.core.ledger;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** An Ed25519 signature, 64 bytes. Immutable, equal by value. */
public final class Signature {
  /** Length in bytes. */
  public static final int BYTES = 64;

  private final byte[] bytes;

  private Signature(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The signature in exactly these 64 bytes (copied); SIGNATURE_INVALID for another length. */
  public static Signature of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new GermlineException(
          Fault.SIGNATURE_INVALID, "a signature has 64 bytes, these are " + bytes.length);
    }
    return new Signature(bytes.clone());
  }

  /** A fresh copy of the 64 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Signature s && Arrays.equals(bytes, s.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** 128 lower-case hex digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
