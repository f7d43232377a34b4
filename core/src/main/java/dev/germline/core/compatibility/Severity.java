package dev.germline.core.compatibility;

import java.util.Locale;

/** How much a reason weighs; the verdict is that of its heaviest reason. */
public enum Severity {
  /** Nothing speaks against the combination. */
  PASS,
  /** Somebody should look at it. */
  WARN,
  /** It must not be used so. */
  FAIL;

  /** The name in JSON and at the terminal, such as {@code warn}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The heavier of the two. */
  public Severity max(Severity other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
