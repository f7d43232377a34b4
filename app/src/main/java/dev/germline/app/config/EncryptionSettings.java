package dev.germline.app.config;

import dev.germline.blobstore.keys.KeyRing;
import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;
import java.util.Optional;

/**
 * Encryption of weights at rest.
 *
 * @param enabled whether new segments are encrypted, true or false (GERMLINE_ENCRYPTION); absent:
 *     in production only
 * @param masterKeys {@code name:base64,name:base64} of 32 bytes each; the first wraps new data
 *     keys, the others open what they wrapped before (GERMLINE_MASTER_KEYS)
 * @param dataKeyLifetime after which a tenant gets a new data key
 */
@ConfigurationProperties("germline.encryption")
public record EncryptionSettings(
    Optional<String> enabled, Optional<String> masterKeys, Duration dataKeyLifetime) {
  public EncryptionSettings {
    enabled = enabled.map(String::strip).filter(value -> !value.isEmpty());
    masterKeys = masterKeys.map(String::strip).filter(value -> !value.isEmpty());
    enabled.ifPresent(value -> {
      if (!value.equals("true") && !value.equals("false")) {
        throw new StartRefused("GERMLINE_ENCRYPTION", "is true or false, and not " + value);
      }
    });
    if (dataKeyLifetime.toSeconds() < 1) {
      throw new StartRefused(
          "germline.encryption.data-key-lifetime",
          "is at least a second, and not " + dataKeyLifetime);
    }
    ring(masterKeys);
  }

  /** Whether new segments are encrypted. */
  public boolean on(RuntimeSettings runtime) {
    return enabled.map(Boolean::valueOf).orElse(!runtime.dev());
  }

  /** The master keys; an empty ring where there are none. */
  public KeyRing keyRing() {
    return ring(masterKeys);
  }

  private static KeyRing ring(Optional<String> keys) {
    try {
      return KeyRing.parse(keys.orElse(""));
    } catch (IllegalArgumentException wrong) {
      throw new StartRefused("GERMLINE_MASTER_KEYS", String.valueOf(wrong.getMessage()));
    }
  }

  /** Shows no key. */
  @Override
  public String toString() {
    return "EncryptionSettings[" + enabled + ", " + keyRing() + ", " + dataKeyLifetime + "]";
  }
}
