package dev.germline.embedded.stores;

import java.security.SecureRandom;
import java.util.HexFormat;

/** The random passwords of one data directory. Hexadecimal, so they need no quoting anywhere. */
record Secrets(
    String mysqlPassword,
    String neo4jPassword,
    String s3AccessKey,
    String s3SecretKey,
    String jwtSecret) {
  static Secrets random() {
    SecureRandom random = new SecureRandom();
    return new Secrets(
        hex(random, 16), hex(random, 16), hex(random, 10), hex(random, 20), hex(random, 32));
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
