package dev.germline.core.ledger;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.jspecify.annotations.Nullable;

/** Ed25519 keys as PEM (RFC 7468, RFC 8410), as OpenSSL writes and reads them. */
final class Pem {
  private static final String PRIVATE = "PRIVATE KEY";
  private static final String PUBLIC = "PUBLIC KEY";

  /** DER of a PKCS#8 v1 PrivateKeyInfo up to the seed. */
  private static final byte[] PRIVATE_HEAD = {
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20
  };

  /** DER of a SubjectPublicKeyInfo up to the key. */
  private static final byte[] PUBLIC_HEAD = {
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00
  };

  private Pem() {}

  static String ofPrivateSeed(byte[] seed) {
    return write(PRIVATE, PRIVATE_HEAD, seed);
  }

  static String ofPublicKey(byte[] key) {
    return write(PUBLIC, PUBLIC_HEAD, key);
  }

  static byte[] privateSeed(String pem) {
    byte[] der = read(PRIVATE, pem);
    try {
      if (PrivateKeyFactory.createKey(der) instanceof Ed25519PrivateKeyParameters key) {
        return key.getEncoded();
      }
    } catch (IOException | RuntimeException notDer) {
      throw invalid(PRIVATE, notDer);
    }
    throw invalid(PRIVATE, null);
  }

  static byte[] publicKey(String pem) {
    byte[] der = read(PUBLIC, pem);
    try {
      if (PublicKeyFactory.createKey(der) instanceof Ed25519PublicKeyParameters key) {
        return key.getEncoded();
      }
    } catch (IOException | RuntimeException notDer) {
      throw invalid(PUBLIC, notDer);
    }
    throw invalid(PUBLIC, null);
  }

  static byte[] requireLength(byte[] bytes, int length, String what) {
    if (bytes.length != length) {
      throw new GermlineException(
          Fault.INVALID_REQUEST,
          "%s has %d bytes, these are %d".formatted(what, length, bytes.length));
    }
    return bytes;
  }

  private static String write(String label, byte[] head, byte[] key) {
    byte[] der = Arrays.copyOf(head, head.length + key.length);
    System.arraycopy(key, 0, der, head.length, key.length);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, Base64.getEncoder().encodeToString(der), label);
  }

  private static byte[] read(String label, String pem) {
    String begin = "-----BEGIN " + label + "-----";
    String text = pem.strip();
    String end = "-----END " + label + "-----";
    if (!text.startsWith(begin) || !text.endsWith(end)) {
      throw invalid(label, null);
    }
    try {
      String body = text.substring(begin.length(), text.length() - end.length());
      return Base64.getMimeDecoder().decode(body.getBytes(StandardCharsets.US_ASCII));
    } catch (RuntimeException notBase64) {
      throw invalid(label, notBase64);
    }
  }

  // The text itself is never repeated: it may be a secret.
  private static GermlineException invalid(String label, @Nullable Throwable cause) {
    return new GermlineException(
        Fault.INVALID_REQUEST, "this is no Ed25519 key in a PEM \"" + label + "\"", cause);
  }
}
