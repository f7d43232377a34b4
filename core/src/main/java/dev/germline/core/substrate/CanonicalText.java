package dev.germline.core.substrate;

import java.text.Normalizer;

/**
 * The one form of a text that is hashed (addendum 1, after CP-003): NFC, lines ended by LF, no
 * white space at the end of a line, exactly one LF at the end of the text.
 */
public final class CanonicalText {
  private CanonicalText() {}

  /**
   * The canonical form; applying it twice changes nothing. CR LF and CR are taken as LF. A text
   * without any visible character becomes a single LF.
   *
   * @throws dev.germline.core.GermlineException INVALID_ENTITY for an unpaired surrogate
   */
  public static String of(String text) {
    String nfc = Normalizer.normalize(Text.requireWellFormed(text, "text"), Normalizer.Form.NFC);
    StringBuilder out = new StringBuilder(nfc.length() + 1);
    int kept = 0; // everything in out before this is not trailing white space
    for (int i = 0; i < nfc.length(); i++) {
      char c = nfc.charAt(i);
      boolean carriageReturn = c == '\r';
      if (carriageReturn && i + 1 < nfc.length() && nfc.charAt(i + 1) == '\n') {
        continue;
      }
      if (carriageReturn || c == '\n') {
        out.setLength(kept);
        out.append('\n');
        kept = out.length();
      } else {
        out.append(c);
        if (!isWhiteSpace(c)) {
          kept = out.length();
        }
      }
    }
    int end = kept;
    while (end > 0 && out.charAt(end - 1) == '\n') {
      end--;
    }
    out.setLength(end);
    return out.append('\n').toString();
  }

  /** Whether a text is in its canonical form. */
  public static boolean isCanonical(String text) {
    return of(text).equals(text);
  }

  /**
   * The Unicode property White_Space. Java's own notions differ: {@code strip} takes U+001C to 001F
   * for white space and leaves U+0085, 00A0, 2007 and 202F.
   */
  static boolean isWhiteSpace(int codePoint) {
    return switch (codePoint) {
      case 0x20, 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 -> true;
      default ->
          (codePoint >= 0x9 && codePoint <= 0xD) || (codePoint >= 0x2000 && codePoint <= 0x200A);
    };
  }
}
