package dev.germline.core.compatibility.license;

import dev.germline.core.layers.SpdxExpression;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The licences whose terms are known, by SPDX id (case does not count) or, for those SPDX does not
 * list, by {@code LicenseRef-}. Thread-safe.
 */
public final class LicenseTable {
  private static final String RESOURCE = "spdx-terms.csv";
  private static final Pattern TOKEN = Pattern.compile("[()]|[^() ]+");

  private final Map<String, License> licenses = new HashMap<>();
  private final Set<String> exceptions = new TreeSet<>();

  /**
   * One row.
   *
   * @param note what else it asks, in a sentence; may be empty
   */
  public record License(String id, Category category, Terms terms, String note) {}

  private LicenseTable(List<String> lines) {
    for (String line : lines) {
      if (!line.isBlank() && !line.startsWith("#")) {
        row(line.split(",", 5));
      }
    }
  }

  /** The table that comes with Germline. */
  public static LicenseTable standard() {
    return Holder.STANDARD;
  }

  private static final class Holder {
    static final LicenseTable STANDARD = read();
  }

  private static LicenseTable read() {
    try (InputStream in = LicenseTable.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is not on the class path");
      }
      return new LicenseTable(
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines().toList());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private void row(String[] cells) {
    String id = cells[0].strip();
    if (cells[1].strip().equals("exception")) {
      exceptions.add(key(id));
      return;
    }
    Category category =
        Category.valueOf(cells[1].strip().toUpperCase(Locale.ROOT).replace('-', '_'));
    Set<String> flags = Set.of(cells[2].strip().split(" ", -1));
    Terms terms =
        new Terms(
            new TreeSet<>(Set.of(id)),
            !flags.contains("no-commercial"),
            !flags.contains("no-derivatives"),
            flags.contains("attribution"),
            flags.contains("use-restricted"),
            flags.contains("share-alike"),
            false,
            releases(cells[3].strip()));
    licenses.put(key(id), new License(id, category, terms, cells[4].strip()));
  }

  private static Set<Release> releases(String text) {
    Set<Release> releases = EnumSet.noneOf(Release.class);
    for (String word : text.split(" ", -1)) {
      if (word.equals("any")) {
        releases.addAll(EnumSet.allOf(Release.class));
      } else if (word.startsWith("-")) {
        releases.remove(release(word.substring(1)));
      } else {
        releases.add(release(word));
      }
    }
    return releases;
  }

  private static Release release(String word) {
    return Release.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_'));
  }

  private static String key(String id) {
    return id.toLowerCase(Locale.ROOT);
  }

  /** The row of an id. */
  public Optional<License> find(String id) {
    License known = licenses.get(key(id));
    if (known == null && id.endsWith("+")) {
      String plain = id.substring(0, id.length() - 1);
      known = licenses.get(key(plain + "-or-later"));
      known = known == null ? licenses.get(key(plain)) : known;
    }
    return Optional.ofNullable(known);
  }

  /** How many licences the table has. */
  public int size() {
    return licenses.size();
  }

  /** The ways in which an expression allows use; {@code AND} binds closer than {@code OR}. */
  public Alternatives of(SpdxExpression expression) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(expression.text());
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    return new Reader(tokens).either();
  }

  /** Recursive descent over an expression whose syntax was checked; as deep as 256 characters. */
  private final class Reader {
    private final List<String> tokens;
    private int next;

    Reader(List<String> tokens) {
      this.tokens = tokens;
    }

    Alternatives either() {
      Alternatives ways = both();
      while (take("OR")) {
        ways = ways.or(both());
      }
      return ways;
    }

    private Alternatives both() {
      Alternatives ways = one();
      while (take("AND")) {
        ways = ways.and(one());
      }
      return ways;
    }

    private Alternatives one() {
      if (take("(")) {
        Alternatives ways = either();
        take(")");
        return ways;
      }
      String id = tokens.get(next++);
      Terms terms = find(id).map(License::terms).orElseGet(() -> Terms.unknown(id));
      return Alternatives.of(take("WITH") ? excepted(terms, tokens.get(next++)) : terms);
    }

    /** A linking exception lets the whole have other terms; any other changes nothing known. */
    private Terms excepted(Terms terms, String exception) {
      if (!exceptions.contains(key(exception))) {
        return terms;
      }
      return new Terms(
          terms.licenses(),
          terms.commercial(),
          terms.derivatives(),
          terms.attribution(),
          terms.useRestricted(),
          terms.shareAlike(),
          terms.unknown(),
          EnumSet.allOf(Release.class));
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
