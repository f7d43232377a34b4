package dev.germline.core.substrate;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.nio.charset.StandardCharsets;

/** Checks on strings before they become bytes. */
final class Text {
  private Text() {}

  /**
   * Refuses a string with an unpaired surrogate: it has no UTF-8 form, and Java would silently hash
   * a question mark in its place.
   */
  static String requireWellFormed(String text, String what) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          throw new GermlineException(
              Fault.INVALID_ENTITY, what + " has an unpaired surrogate at index " + i);
        }
        i++;
      }
    }
    return text;
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
