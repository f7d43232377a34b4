package dev.germline.app.config;

/** Rules shared by the settings records. */
final class Unset {
  private Unset() {}

  static String required(String key, String value, String example) {
    if (value.isBlank()) {
      throw new StartRefused(key, "is not set, for example " + example);
    }
    return value.strip();
  }
}
