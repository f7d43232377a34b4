package dev.germline.core.substrate;

import java.util.Arrays;

/**
 * A text cut into tokens, the unit in which {@link Chunker} measures. A token is
 *
 * <ul>
 *   <li>a run of up to 16 letters, digits and combining marks (a longer word is several), or
 *   <li>one ideograph, or
 *   <li>one other visible code point, such as a punctuation mark, or
 *   <li>256 code points of white space in a row; shorter white space is no token.
 * </ul>
 *
 * <p>It needs no model, so everyone counts the same; English has about 1.3 word pieces a token.
 */
final class Tokens {
  private static final int WORD = 16;

  /** A word is not cut before a combining mark, unless it is this long. */
  private static final int WORD_WITH_MARKS = 64;

  private static final int BLANK = 256;

  private final String text;
  private int[] starts = new int[256];
  private int count;

  Tokens(String text) {
    this.text = text;
    int at = 0;
    while (at < text.length()) {
      int end = tokenEnd(at);
      if (end < 0) {
        at = -end; // white space too short to count
        continue;
      }
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, 2 * count);
      }
      starts[count++] = at;
      at = end;
    }
  }

  int count() {
    return count;
  }

  /** Index of the first char of a token; the length of the text for {@code count()}. */
  int start(int token) {
    return token == count ? text.length() : starts[token];
  }

  /** The white space and the visible chars just before a token, back to the token before it. */
  String before(int token) {
    return text.substring(start(token - 1), start(token));
  }

  /** Where the token that starts here ends, or minus the end of white space that is no token. */
  private int tokenEnd(int from) {
    int first = text.codePointAt(from);
    int at = from + Character.charCount(first);
    if (CanonicalText.isWhiteSpace(first)) {
      int length = 1;
      while (length < BLANK && at < text.length() && CanonicalText.isWhiteSpace(text.charAt(at))) {
        at++; // all white space lies in the basic plane
        length++;
      }
      return length == BLANK ? at : -at;
    }
    if (!isWordPart(first) || Character.isIdeographic(first)) {
      return at;
    }
    for (int length = 1; at < text.length(); length++) {
      int next = text.codePointAt(at);
      boolean fits = length < WORD || (isMark(next) && length < WORD_WITH_MARKS);
      if (!fits || !isWordPart(next) || Character.isIdeographic(next)) {
        break;
      }
      at += Character.charCount(next);
    }
    return at;
  }

  private static boolean isWordPart(int codePoint) {
    return Character.isLetterOrDigit(codePoint) || isMark(codePoint);
  }

  private static boolean isMark(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }
}
