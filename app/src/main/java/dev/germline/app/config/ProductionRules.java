package dev.germline.app.config;

import java.nio.file.Files;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;

/**
 * What a server that is not one person's development machine must not start with: keys made up on
 * the way, and passwords everyone knows.
 */
public final class ProductionRules {
  private static final Set<String> KNOWN_TO_EVERYONE =
      Set.of(
          "admin",
          "changeme",
          "change-me",
          "germline",
          "minio",
          "minioadmin",
          "mysql",
          "neo4j",
          "password",
          "root",
          "secret",
          "test");

  private ProductionRules() {}

  /**
   * Refuses an unsafe production start; in development only encryption without a key.
   *
   * @throws StartRefused naming the first offending key
   */
  public static void check(
      RuntimeSettings runtime,
      MySqlSettings mysql,
      Neo4jSettings neo4j,
      S3Settings s3,
      IdentitySettings identity,
      DeviceSettings device,
      EncryptionSettings encryption,
      Collection<ReplicaSettings> replicas) {
    if (runtime.dev()) {
      masterKey(runtime, encryption);
      return;
    }
    if (identity.jwtSecret().isEmpty()) {
      throw new StartRefused(
          "GERMLINE_JWT_SECRET",
          "is not set; make one with: openssl rand -hex 32 (only GERMLINE_DEV=true starts without)");
    }
    if (device.key().isEmpty() && !device.keyPath().map(Files::isReadable).orElse(false)) {
      throw new StartRefused(
          "GERMLINE_DEVICE_KEY",
          "is not set and GERMLINE_DEVICE_KEY_FILE names no readable file; production never signs"
              + " with a generated key: openssl genpkey -algorithm ed25519");
    }
    password("GERMLINE_MYSQL_PASSWORD", mysql.password());
    password("GERMLINE_NEO4J_PASSWORD", neo4j.password());
    password("GERMLINE_S3_SECRET_KEY", s3.secretKey());
    replicas.forEach(replica ->
        password(ReplicaSettings.key(replica.name(), "SECRET_KEY"), replica.secretKey()));
    masterKey(runtime, encryption);
  }

  private static void masterKey(RuntimeSettings runtime, EncryptionSettings encryption) {
    if (encryption.on(runtime) && encryption.keyRing().isEmpty()) {
      throw new StartRefused(
          "GERMLINE_MASTER_KEYS",
          "is not set, and weights are to be encrypted; make one with: echo"
              + " \"main:$(openssl rand -base64 32)\" (GERMLINE_ENCRYPTION=false stores them as they"
              + " are)");
    }
  }

  private static void password(String key, String value) {
    if (value.isBlank()) {
      throw new StartRefused(key, "is empty; production needs one of its own");
    }
    if (KNOWN_TO_EVERYONE.contains(value.strip().toLowerCase(Locale.ROOT))) {
      throw new StartRefused(key, "is a password everyone knows; production needs one of its own");
    }
  }
}
