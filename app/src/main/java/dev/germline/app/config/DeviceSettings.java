package dev.germline.app.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The Ed25519 key that signs state roots.
 *
 * @param key the private key itself, PKCS#8 PEM (GERMLINE_DEVICE_KEY); wins over the file
 * @param keyFile where it lies (GERMLINE_DEVICE_KEY_FILE); in development it is made there when
 *     absent
 */
@ConfigurationProperties("germline.device")
public record DeviceSettings(Optional<String> key, Optional<String> keyFile) {
  public DeviceSettings {
    key = key.filter(value -> !value.isBlank());
    keyFile = keyFile.filter(value -> !value.isBlank());
  }

  /** Where the key lies. */
  public Optional<Path> keyPath() {
    return keyFile.map(Path::of);
  }
}
