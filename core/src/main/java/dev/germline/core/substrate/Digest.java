package dev.germline.core.substrate;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A 32-byte hash. Immutable, compared by value, ordered as unsigned bytes.
 *
 * <p>Held as four big-endian words, so that millions of them cost 48 bytes each and comparing two
 * touches no array.
 */
public final class Digest implements Comparable<Digest> {
  /** Length in bytes. */
  public static final int BYTES = 32;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final long w0;
  private final long w1;
  private final long w2;
  private final long w3;

  private Digest(long w0, long w1, long w2, long w3) {
    this.w0 = w0;
    this.w1 = w1;
    this.w2 = w2;
    this.w3 = w3;
  }

  /**
   * The digest of exactly these 32 bytes (copied).
   *
   * @throws GermlineException INVALID_ID if there are not 32
   */
  public static Digest of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new GermlineException(
          Fault.INVALID_ID, "a digest has 32 bytes, these are " + bytes.length);
    }
    return of(bytes, 0);
  }

  /** The digest in the 32 bytes that start at {@code offset} (copied). */
  public static Digest of(byte[] bytes, int offset) {
    return new Digest(
        (long) LONG.get(bytes, offset),
        (long) LONG.get(bytes, offset + 8),
        (long) LONG.get(bytes, offset + 16),
        (long) LONG.get(bytes, offset + 24));
  }

  /**
   * Reads 64 hex digits, of either case.
   *
   * @throws GermlineException INVALID_ID for anything else
   */
  public static Digest parse(String hex) {
    return of(Hex.decode(hex, BYTES, "digest"));
  }

  /** 64 lower-case hex digits. */
  public String toHex() {
    return HexFormat.of().formatHex(bytes());
  }

  /** A fresh copy of the 32 bytes. */
  public byte[] bytes() {
    byte[] out = new byte[BYTES];
    copyTo(out, 0);
    return out;
  }

  /** Writes the 32 bytes into {@code target} from {@code offset} on. */
  public void copyTo(byte[] target, int offset) {
    LONG.set(target, offset, w0);
    LONG.set(target, offset + 8, w1);
    LONG.set(target, offset + 16, w2);
    LONG.set(target, offset + 24, w3);
  }

  @Override
  public int compareTo(Digest other) {
    int order = Long.compareUnsigned(w0, other.w0);
    if (order == 0) {
      order = Long.compareUnsigned(w1, other.w1);
    }
    if (order == 0) {
      order = Long.compareUnsigned(w2, other.w2);
    }
    return order != 0 ? order : Long.compareUnsigned(w3, other.w3);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Digest d && w0 == d.w0 && w1 == d.w1 && w2 == d.w2 && w3 == d.w3;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(w0);
  }

  /** The same as {@link #toHex}. */
  @Override
  public String toString() {
    return toHex();
  }
}
