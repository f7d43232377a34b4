package dev.germline.core.layers;

import dev.germline.core.GermlineException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A licence expression by SPDX 2.3 annex D: licence ids, {@code WITH}, {@code AND}, {@code OR} and
 * parentheses. The syntax is checked, not whether the ids are on SPDX's list (it grows, and {@code
 * LicenseRef-} ids are never on it). At most 256 characters.
 */
public record SpdxExpression(String text) {
  private static final int MAX_LENGTH = 256;
  private static final Pattern TOKEN = Pattern.compile("\\(|\\)|[A-Za-z0-9.:+-]+| +");
  private static final Pattern ID =
      Pattern.compile(
          "((DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+|[A-Za-z0-9.-]+\\+?)");

  public SpdxExpression {
    if (text.isBlank() || text.length() > MAX_LENGTH || !new Parser(text).accepts()) {
      throw Check.invalid(
          "license "
              + Check.show(text)
              + " is not an SPDX expression; give one such as Apache-2.0, 'MIT OR Apache-2.0' or"
              + " LicenseRef-my-terms");
    }
  }

  /**
   * Same as the constructor, for the edge of the program.
   *
   * @throws GermlineException INVALID_LAYER
   */
  public static SpdxExpression parse(String text) {
    return new SpdxExpression(text);
  }

  @Override
  public String toString() {
    return text;
  }

  /** Recursive descent; its depth is bounded by the length of the text. */
  private static final class Parser {
    private final List<String> tokens = new ArrayList<>();
    private int next;

    Parser(String text) {
      Matcher matcher = TOKEN.matcher(text);
      int end = 0;
      while (matcher.lookingAt()) {
        if (!matcher.group().isBlank()) {
          tokens.add(matcher.group());
        }
        end = matcher.end();
        matcher.region(end, text.length());
      }
      if (end != text.length()) {
        tokens.clear(); // a character that no token begins with: nothing is accepted
      }
    }

    boolean accepts() {
      return expression() && next == tokens.size();
    }

    private boolean expression() {
      boolean ok = term();
      while (ok && (take("AND") || take("OR"))) {
        ok = term();
      }
      return ok;
    }

    private boolean term() {
      if (take("(")) {
        return expression() && take(")");
      }
      return id() && (!take("WITH") || id());
    }

    private boolean id() {
      if (next == tokens.size()) {
        return false;
      }
      String token = tokens.get(next);
      boolean operator = token.equals("AND") || token.equals("OR") || token.equals("WITH");
      if (operator || !ID.matcher(token).matches()) {
        return false;
      }
      next++;
      return true;
    }

    private boolean take(String token) {
      if (next < tokens.size() && tokens.get(next).equals(token)) {
        next++;
        return true;
      }
      return false;
    }
  }
}
