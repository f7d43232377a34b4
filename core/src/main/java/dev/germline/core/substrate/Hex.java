package dev.germline.core.substrate;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Hex digits to bytes, with the one error message the id types share. */
final class Hex {
  private Hex() {}

  static byte[] decode(String hex, int bytes, String what) {
    if (hex.length() == 2 * bytes) {
      try {
        return HexFormat.of().parseHex(hex);
      } catch (IllegalArgumentException notHex) {
        throw invalid(hex, bytes, what, notHex);
      }
    }
    throw invalid(hex, bytes, what, null);
  }

  private static GermlineException invalid(
      String hex, int bytes, String what, @Nullable Throwable cause) {
    String shown = hex.length() > 80 ? hex.substring(0, 80) + "…" : hex;
    return new GermlineException(
        Fault.INVALID_ID,
        "a %s is written as %d hex digits, not \"%s\"".formatted(what, 2 * bytes, shown),
        cause);
  }
}
