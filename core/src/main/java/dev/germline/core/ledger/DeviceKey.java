package dev.germline.core.ledger;

import dev.germline.core.substrate.DeviceId;
import java.security.SecureRandom;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** The Ed25519 private key of a device. Immutable; never prints itself. */
public final class DeviceKey {
  /** Length of a seed in bytes. */
  public static final int SEED_BYTES = 32;

  private final Ed25519PrivateKeyParameters key;
  private final Verifier verifier;

  private DeviceKey(byte[] seed) {
    this.key = new Ed25519PrivateKeyParameters(seed, 0);
    this.verifier = Verifier.ofRaw(key.generatePublicKey().getEncoded());
  }

  /** A new key. */
  public static DeviceKey generate(SecureRandom random) {
    byte[] seed = new byte[SEED_BYTES];
    random.nextBytes(seed);
    return new DeviceKey(seed);
  }

  /** The key of a 32-byte seed (RFC 8032 private key); INVALID_REQUEST for another length. */
  public static DeviceKey fromSeed(byte[] seed) {
    return new DeviceKey(Pem.requireLength(seed, SEED_BYTES, "an Ed25519 seed"));
  }

  /** The key in a PEM "PRIVATE KEY" (PKCS#8, RFC 8410); INVALID_REQUEST for anything else. */
  public static DeviceKey fromPem(String pem) {
    return new DeviceKey(Pem.privateSeed(pem));
  }

  /** The key as PEM; it is not encrypted. */
  public String toPem() {
    return Pem.ofPrivateSeed(key.getEncoded());
  }

  public DeviceId id() {
    return verifier.device();
  }

  /** The public half. */
  public Verifier verifier() {
    return verifier;
  }

  /** Signs any bytes. */
  public Signature sign(byte[] message) {
    byte[] signature = new byte[Signature.BYTES];
    key.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
    return Signature.of(signature);
  }

  /**
   * Signs both payloads of a record.
   *
   * @throws IllegalArgumentException if the record names another device
   */
  public SignedStateRoot sign(StateRoot root) {
    if (!root.device().equals(id())) {
      throw new IllegalArgumentException("device " + id() + " cannot sign for " + root.device());
    }
    return new SignedStateRoot(root, sign(root.payloadV1()), sign(root.payloadV2()));
  }
}
