package dev.germline.embedded.stores;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The random passwords of one data directory. Hexadecimal, so they need no quoting anywhere.
 *
 * @param neo4jReaderPassword of the user who only reads; null in a file from before there was one
 */
record Secrets(
    String mysqlPassword,
    String neo4jPassword,
    @Nullable String neo4jReaderPassword,
    String s3AccessKey,
    String s3SecretKey,
    String jwtSecret) {
  static Secrets random() {
    SecureRandom random = new SecureRandom();
    return new Secrets(
        hex(random, 16),
        hex(random, 16),
        hex(random, 16),
        hex(random, 10),
        hex(random, 20),
        hex(random, 32));
  }

  /** The same with what an older version did not know yet. */
  Secrets upToDate() {
    return neo4jReaderPassword != null
        ? this
        : new Secrets(
            mysqlPassword,
            neo4jPassword,
            hex(new SecureRandom(), 16),
            s3AccessKey,
            s3SecretKey,
            jwtSecret);
  }

  boolean complete() {
    return mysqlPassword != null
        && neo4jPassword != null
        && s3AccessKey != null
        && s3SecretKey != null
        && jwtSecret != null;
  }

  @Override
  public String toString() {
    return "Secrets[…]";
  }

  private static String hex(SecureRandom random, int bytes) {
    byte[] value = new byte[bytes];
    random.nextBytes(value);
    return HexFormat.of().formatHex(value);
  }
}
