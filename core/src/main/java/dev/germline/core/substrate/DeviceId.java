package dev.germline.core.substrate;

import dev.germline.core.merkle.Blake3;

/**
 * The 128-bit id of a signing device: BLAKE3-16 of its 32-byte Ed25519 public key (addendum 1).
 *
 * @param hi bytes 0 to 7, big-endian
 * @param lo bytes 8 to 15, big-endian
 */
public record DeviceId(long hi, long lo) implements Comparable<DeviceId> {
  /** The id of the device with this raw 32-byte public key. */
  public static DeviceId ofPublicKey(byte[] publicKey) {
    byte[] hash = Blake3.hash(publicKey).bytes();
    return new DeviceId(Id128.hi(hash, 0), Id128.lo(hash, 0));
  }

  /** The id in exactly these 16 bytes; INVALID_ID for another length. */
  public static DeviceId of(byte[] bytes) {
    Id128.requireLength(bytes, "device id");
    return new DeviceId(Id128.hi(bytes, 0), Id128.lo(bytes, 0));
  }

  /** Reads 32 hex digits, with or without the dashes of a UUID; INVALID_ID for anything else. */
  public static DeviceId parse(String text) {
    return of(Id128.parse(text, "device id"));
  }

  /** A fresh array of the 16 bytes. */
  public byte[] bytes() {
    return Id128.bytes(hi, lo);
  }

  @Override
  public int compareTo(DeviceId other) {
    return Id128.compare(hi, lo, other.hi, other.lo);
  }

  /** The lower-case UUID form. */
  @Override
  public String toString() {
    return Id128.format(hi, lo);
  }
}
