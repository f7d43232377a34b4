package dev.germline.app.sharing;

import java.util.Locale;

/**
 * What one check of a validation found.
 *
 * @param check in a word, such as {@code hashes}
 * @param detail for people
 */
public record Finding(String check, Outcome outcome, String detail) {
  /** How a check went. */
  public enum Outcome {
    PASSED,
    FAILED,
    /** It could not be made; it is not known whether all is well. */
    NOT_CHECKED;

    /** The name used in JSON, such as {@code not checked}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  static Finding passed(String check, String detail) {
    return new Finding(check, Outcome.PASSED, detail);
  }

  static Finding failed(String check, String detail) {
    return new Finding(check, Outcome.FAILED, detail);
  }

  static Finding notChecked(String check, String detail) {
    return new Finding(check, Outcome.NOT_CHECKED, detail);
  }
}
