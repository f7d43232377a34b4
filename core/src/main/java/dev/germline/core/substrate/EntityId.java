package dev.germline.core.substrate;

import dev.germline.core.merkle.Blake3;

/**
 * The 128-bit id of a document, chunk or embedding (CP-001 section 1): the first 16 bytes of a
 * BLAKE3 hash. Ordered as unsigned bytes, which {@link java.util.UUID} is not.
 *
 * @param hi bytes 0 to 7, big-endian
 * @param lo bytes 8 to 15, big-endian
 */
public record EntityId(long hi, long lo) implements Key, Comparable<EntityId> {
  /** Length in bytes. */
  public static final int BYTES = Id128.BYTES;

  /** {@code generate_id} of CP-001: the first 16 bytes of BLAKE3 of the input. */
  public static EntityId generate(byte[] input) {
    byte[] hash = Blake3.hash(input).bytes();
    return new EntityId(Id128.hi(hash, 0), Id128.lo(hash, 0));
  }

  /** The id in exactly these 16 bytes; INVALID_ID for another length. */
  public static EntityId of(byte[] bytes) {
    Id128.requireLength(bytes, "entity id");
    return of(bytes, 0);
  }

  /** The id in the 16 bytes from {@code offset} on. */
  public static EntityId of(byte[] bytes, int offset) {
    return new EntityId(Id128.hi(bytes, offset), Id128.lo(bytes, offset));
  }

  /** Reads 32 hex digits, with or without the dashes of a UUID; INVALID_ID for anything else. */
  public static EntityId parse(String text) {
    return of(Id128.parse(text, "entity id"));
  }

  /** A fresh array of the 16 bytes. */
  @Override
  public byte[] bytes() {
    return Id128.bytes(hi, lo);
  }

  /** Writes the 16 bytes into {@code target} from {@code offset} on. */
  public void copyTo(byte[] target, int offset) {
    Id128.copyTo(hi, lo, target, offset);
  }

  @Override
  public int compareTo(EntityId other) {
    return Id128.compare(hi, lo, other.hi, other.lo);
  }

  /** The lower-case UUID form. */
  @Override
  public String toString() {
    return Id128.format(hi, lo);
  }
}
