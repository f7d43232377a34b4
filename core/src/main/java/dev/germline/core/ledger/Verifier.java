package dev.germline.core.ledger;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.substrate.DeviceId;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An Ed25519 public key and what can be checked with it. Immutable. */
public final class Verifier {
  /** Length of a raw key in bytes. */
  public static final int KEY_BYTES = 32;

  private final byte[] key;
  private final DeviceId device;

  private Verifier(byte[] key) {
    if (!Ed25519.validatePublicKeyPartial(key, 0)) {
      throw new GermlineException(Fault.INVALID_REQUEST, "these bytes are no Ed25519 public key");
    }
    this.key = key;
    this.device = DeviceId.ofPublicKey(key);
  }

  /** The key in its 32 bytes; INVALID_REQUEST if they are not one. */
  public static Verifier ofRaw(byte[] key) {
    return new Verifier(Pem.requireLength(key, KEY_BYTES, "an Ed25519 public key").clone());
  }

  /** The key in a PEM "PUBLIC KEY" (RFC 8410); INVALID_REQUEST for anything else. */
  public static Verifier fromPem(String pem) {
    return new Verifier(Pem.publicKey(pem));
  }

  public String toPem() {
    return Pem.ofPublicKey(key);
  }

  /** A copy of the 32 bytes of the key. */
  public byte[] rawKey() {
    return key.clone();
  }

  public DeviceId device() {
    return device;
  }

  /** Whether the signature is of these bytes and by this key. */
  public boolean verify(byte[] message, Signature signature) {
    return Ed25519.verify(signature.bytes(), 0, key, 0, message, 0, message.length);
  }

  /** Whether the record names this key's device and both its signatures are by this key. */
  public boolean verify(SignedStateRoot record) {
    StateRoot root = record.root();
    return root.device().equals(device)
        && verify(root.payloadV1(), record.v1())
        && verify(root.payloadV2(), record.v2());
  }
}
