package dev.germline.app.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Tokens.
 *
 * @param jwtSecret the HS256 key in hex, 32 bytes at least (GERMLINE_JWT_SECRET); absent only in
 *     development, where each start makes its own
 * @param adminTokenFile where each start leaves a token of the local admin, readable by the owner
 *     only (GERMLINE_ADMIN_TOKEN_FILE); absent: nowhere
 * @param adminTokenLifetime how long that one holds
 * @param defaultLifetime of a token asked for without one
 * @param longestLifetime that may be asked for
 */
@ConfigurationProperties("germline.identity")
public record IdentitySettings(
    Optional<String> jwtSecret,
    Optional<String> adminTokenFile,
    Duration adminTokenLifetime,
    Duration defaultLifetime,
    Duration longestLifetime) {
  /** RFC 7518 section 3.2: an HS256 key is as long as the hash, 256 bits, at least. */
  private static final int SHORTEST_SECRET_BYTES = 32;

  public IdentitySettings {
    jwtSecret = jwtSecret.map(String::strip).filter(value -> !value.isEmpty());
    adminTokenFile = adminTokenFile.filter(value -> !value.isBlank());
    jwtSecret.ifPresent(IdentitySettings::decode);
  }

  /** The key's bytes, when one is set. */
  public Optional<byte[]> secretBytes() {
    return jwtSecret.map(IdentitySettings::decode);
  }

  /** Where to leave the local admin's token. */
  public Optional<Path> adminTokenPath() {
    return adminTokenFile.map(Path::of);
  }

  private static byte[] decode(String hex) {
    byte[] bytes;
    try {
      bytes = HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException notHex) {
      throw new StartRefused(
          "GERMLINE_JWT_SECRET", "is not hexadecimal; make one with: openssl rand -hex 32");
    }
    if (bytes.length < SHORTEST_SECRET_BYTES) {
      throw new StartRefused(
          "GERMLINE_JWT_SECRET",
          "has %d bytes and needs 32; make one with: openssl rand -hex 32".formatted(bytes.length));
    }
    return bytes;
  }
}
