package dev.germline.blobstore.keys;

import dev.germline.blobstore.segment.DataKey;
import dev.germline.blobstore.segment.DataKeyId;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.weights.Tenant;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Named master keys of 256 bits: the first wraps, all unwrap. A wrapping is a random nonce of 12
 * bytes, then AES-256-GCM of the data key, bound to its tenant and id.
 */
public final class KeyRing implements MasterKeys {
  private static final int KEY = 32;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final byte[] PURPOSE = "germline/data-key/1".getBytes(StandardCharsets.US_ASCII);

  private final SecureRandom random = new SecureRandom();
  private final Map<String, SecretKey> byName;

  private KeyRing(Map<String, SecretKey> byName) {
    this.byName = byName;
  }

  /**
   * Reads {@code name:base64,name:base64}; an empty text is an empty ring.
   *
   * @throws IllegalArgumentException saying what is wrong, without showing a key
   */
  public static KeyRing parse(String text) {
    Map<String, SecretKey> keys = new LinkedHashMap<>();
    if (!text.isBlank()) {
      for (String part : text.strip().split(",", -1)) {
        int colon = part.indexOf(':');
        String name = colon < 0 ? "" : part.substring(0, colon).strip();
        if (!NAME.matcher(name).matches()) {
          throw new IllegalArgumentException(
              "has an entry that is not NAME:BASE64 with a name of 1 to 64 of A-Z a-z 0-9 . _ -");
        }
        if (keys.putIfAbsent(name, key(name, part.substring(colon + 1).strip())) != null) {
          throw new IllegalArgumentException("names the key " + name + " twice");
        }
      }
    }
    return new KeyRing(keys);
  }

  private static SecretKey key(String name, String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException notBase64) {
      throw new IllegalArgumentException(
          "has a key " + name + " that is not base64; make one with: openssl rand -base64 32");
    }
    if (bytes.length != KEY) {
      throw new IllegalArgumentException(
          "has a key %s of %d bytes and needs 32; make one with: openssl rand -base64 32"
              .formatted(name, bytes.length));
    }
    return new SecretKeySpec(bytes, "AES");
  }

  public boolean isEmpty() {
    return byName.isEmpty();
  }

  @Override
  public String current() {
    return byName.keySet().stream()
        .findFirst()
        .orElseThrow(
            () -> new GermlineException(Fault.KEY_UNAVAILABLE, "no master key is configured"));
  }

  @Override
  public Wrapping wrap(DataKey key) {
    String name = current();
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, name, nonce, key.id(), key.tenant());
      byte[] secret = cipher.doFinal(key.secret().getEncoded());
      return new Wrapping(
          name, ByteBuffer.allocate(NONCE + secret.length).put(nonce).put(secret).array());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("AES-GCM failed", impossible);
    }
  }

  @Override
  public DataKey unwrap(DataKeyId id, Tenant tenant, Wrapping wrapping) {
    String name = wrapping.masterKey();
    if (!byName.containsKey(name)) {
      throw new GermlineException(
          Fault.KEY_UNAVAILABLE,
          "the data key %s is wrapped by the master key %s, which is not configured here"
              .formatted(id, name));
    }
    byte[] bytes = wrapping.bytes();
    try {
      byte[] nonce = Arrays.copyOf(bytes, NONCE);
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, name, nonce, id, tenant);
      byte[] secret = cipher.doFinal(bytes, NONCE, bytes.length - NONCE);
      if (secret.length != KEY) {
        throw new GeneralSecurityException(secret.length + " bytes");
      }
      return new DataKey(id, tenant, new SecretKeySpec(secret, "AES"));
    } catch (GeneralSecurityException | IllegalArgumentException wrong) {
      throw new GermlineException(
          Fault.KEY_UNAVAILABLE,
          ("the data key %s of tenant %s does not open with the master key %s: the key of that name"
                  + " is another one now, or the row was changed")
              .formatted(id, tenant, name),
          wrong);
    }
  }

  private Cipher cipher(int mode, String name, byte[] nonce, DataKeyId id, Tenant tenant)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, byName.get(name), new GCMParameterSpec(TAG_BITS, nonce));
    byte[] whose = tenant.name().getBytes(StandardCharsets.UTF_8);
    cipher.updateAAD(PURPOSE);
    cipher.updateAAD(new byte[] {(byte) whose.length});
    cipher.updateAAD(whose);
    cipher.updateAAD(id.bytes());
    return cipher;
  }

  /** Shows no secret. */
  @Override
  public String toString() {
    return "KeyRing" + byName.keySet();
  }
}
