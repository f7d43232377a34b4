package dev.germline.core.compatibility.license;

import java.util.Locale;

/** What kind of licence one is, for people; the rules go by {@link Terms}. */
public enum Category {
  PUBLIC_DOMAIN,
  PERMISSIVE,
  WEAK_COPYLEFT,
  STRONG_COPYLEFT,
  USE_RESTRICTED,
  NON_COMMERCIAL,
  NO_DERIVATIVES,
  UNKNOWN;

  /** As the table has it, such as {@code weak-copyleft}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
