package dev.germline.app.sharing;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.Distribution;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How far a search goes, and how far a layer may be offered. */
public enum Scope {
  LOCAL,
  REGIONAL,
  GLOBAL;

  /** How far a layer may be offered by what it says of its distribution. */
  static Scope of(@Nullable Distribution distribution) {
    if (distribution == null) {
      return LOCAL;
    }
    return distribution.globallyAvailable() ? GLOBAL : REGIONAL;
  }

  /** The name used in URLs and MySQL, such as {@code regional}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads {@code local}, {@code regional} or {@code global}.
   *
   * @throws GermlineException INVALID_REQUEST
   */
  static Scope parse(String text) {
    return switch (text) {
      case "local" -> LOCAL;
      case "regional" -> REGIONAL;
      case "global" -> GLOBAL;
      default ->
          throw new GermlineException(
              Fault.INVALID_REQUEST,
              "scope is local, regional or global, and not '%s'"
                  .formatted(text.length() > 40 ? text.substring(0, 40) + "…" : text));
    };
  }
}
