package dev.germline.blobstore.segment;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.Tenant;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * AES-256-GCM under a segment's own key. That key is new for every segment, so a frame's offset is
 * nonce enough; what a frame belongs to is authenticated with it. For one thread.
 */
final class SegmentCipher {
  static final int TAG = 16;

  private static final byte[] KEY_INFO = ascii("germline/segment/1/aes-256-gcm");
  private static final byte[] FRAME = ascii("germline/segment/1/frame");
  private static final byte[] INDEX = ascii("germline/segment/1/index");

  private final SecretKey key;
  private final Tenant tenant;

  SegmentCipher(DataKey dataKey, Digest salt) {
    this.tenant = dataKey.tenant();
    try {
      this.key =
          KDF.getInstance("HKDF-SHA256")
              .deriveKey(
                  "AES",
                  HKDFParameterSpec.ofExtract()
                      .addIKM(dataKey.secret())
                      .addSalt(salt.bytes())
                      .thenExpand(KEY_INFO, 32));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("the JDK has no HKDF-SHA256", missing);
    }
  }

  /** Writes the ciphertext and tag of a frame to {@code out}; gives their length. */
  int sealFrame(Digest piece, byte[] in, int offset, int length, byte[] out, int at) {
    return seal(frame(piece), in, offset, length, out, at);
  }

  /** The frame in {@code length} stored bytes that lie at {@code place} of the segment. */
  byte[] openFrame(Digest piece, byte[] in, int offset, int length, int place) {
    return open(frame(piece), in, offset, length, place);
  }

  /** As {@link #sealFrame} for the index. */
  int sealIndex(byte[] in, int offset, int length, byte[] out, int at) {
    return seal(index(), in, offset, length, out, at);
  }

  byte[] openIndex(byte[] in, int offset, int length, int place) {
    return open(index(), in, offset, length, place);
  }

  private int seal(byte[] purpose, byte[] in, int offset, int length, byte[] out, int at) {
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, at);
      cipher.updateAAD(purpose);
      return cipher.doFinal(in, offset, length, out, at);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("AES-GCM failed", impossible);
    }
  }

  private byte[] open(byte[] purpose, byte[] in, int offset, int length, int place) {
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, place);
      cipher.updateAAD(purpose);
      return cipher.doFinal(in, offset, length);
    } catch (AEADBadTagException wrong) {
      throw new GermlineException(
          Fault.WEIGHT_FRAME_INVALID,
          "the frame at byte %d of a segment of tenant %s is damaged: its tag does not fit"
              .formatted(place, tenant),
          wrong);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("AES-GCM failed", impossible);
    }
  }

  private Cipher cipher(int mode, int place) throws GeneralSecurityException {
    byte[] nonce = ByteBuffer.allocate(12).putInt(8, place).array();
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG * 8, nonce));
    return cipher;
  }

  private byte[] frame(Digest piece) {
    byte[] bytes = purpose(FRAME, Digest.BYTES);
    piece.copyTo(bytes, bytes.length - Digest.BYTES);
    return bytes;
  }

  private byte[] index() {
    return purpose(INDEX, 0);
  }

  private byte[] purpose(byte[] tag, int more) {
    byte[] name = tenant.name().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(tag.length + 1 + name.length + more)
        .put(tag)
        .put((byte) name.length)
        .put(name)
        .array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
