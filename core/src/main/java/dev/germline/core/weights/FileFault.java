package dev.germline.core.weights;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;

/**
 * What the readers say of a file they refuse: which file, which format, which rule, which value.
 */
record FileFault(String file, FileFormat format) {
  private static final int SHOWN = 120;

  /** The file breaks a rule of its format. */
  GermlineException invalid(String rule) {
    return new GermlineException(
        Fault.FILE_INVALID, show(file) + " is not valid " + format + ": " + rule);
  }

  GermlineException invalid(String rule, Throwable cause) {
    return new GermlineException(
        Fault.FILE_INVALID, show(file) + " is not valid " + format + ": " + rule, cause);
  }

  /** The file may be valid, but is more than is read here. */
  GermlineException tooMuch(String what, long given, long most) {
    return new GermlineException(
        Fault.LIMIT_EXCEEDED,
        show(file) + " has " + given + " " + what + "; at most " + most + " are read");
  }

  /** At most 120 characters of a value in quotes, without control characters. */
  static String show(String value) {
    String cut = value.length() > SHOWN ? value.substring(0, SHOWN) + "..." : value;
    return "'" + printable(cut) + "'";
  }

  /** The text with U+FFFD in place of what cannot be shown or stored. */
  static String printable(String text) {
    var shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c ->
            shown.appendCodePoint(
                Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE
                    ? 0xFFFD
                    : c));
    return shown.toString();
  }
}
