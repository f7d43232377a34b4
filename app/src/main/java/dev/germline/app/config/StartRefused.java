package dev.germline.app.config;

/**
 * The server must not start: a setting is missing or unsafe, or a store it cannot do without does
 * not answer. The message is one line for the operator and names the setting.
 */
public final class StartRefused extends RuntimeException {
  private final String key;

  /**
   * @param key the environment variable to look at
   * @param problem what is wrong with it, completing the sentence "KEY …"
   */
  public StartRefused(String key, String problem) {
    super(key + " " + problem);
    this.key = key;
  }

  /** The environment variable to look at. */
  public String key() {
    return key;
  }
}
