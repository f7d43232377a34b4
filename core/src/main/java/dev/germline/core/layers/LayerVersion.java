package dev.germline.core.layers;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.semver4j.Semver;

/**
 * A semantic version (semver.org 2.0.0) without build metadata: two versions that differ only there
 * have equal precedence, and a published version must be one layer.
 *
 * <p>Each number has at most 9 digits and the whole at most 64 characters. Ordered by precedence.
 */
public record LayerVersion(String text) implements Comparable<LayerVersion> {
  private static final int MAX_LENGTH = 64;

  /** Reading a version takes 40 µs, and thousands of layers have the same few. Never changed. */
  private static final Map<String, Semver> KNOWN = new ConcurrentHashMap<>();

  private static final int MOST_KNOWN = 16_384;
  private static final String NUMBER = "(0|[1-9][0-9]{0,8})";
  private static final String PRE_RELEASE = "(0|[1-9][0-9]{0,8}|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)";
  private static final Pattern VERSION =
      Pattern.compile(
          NUMBER
              + "\\."
              + NUMBER
              + "\\."
              + NUMBER
              + "(-"
              + PRE_RELEASE
              + "(\\."
              + PRE_RELEASE
              + ")*)?");

  public LayerVersion {
    if (!isOne(text)) {
      throw new GermlineException(
          Fault.INVALID_NAME,
          "version "
              + Check.show(text)
              + " is not a semantic version; give MAJOR.MINOR.PATCH such as 1.5.0 or 2.0.0-rc.1,"
              + " without 'v' and without '+build'");
    }
  }

  /**
   * Same as the constructor, for the edge of the program.
   *
   * @throws GermlineException INVALID_NAME
   */
  public static LayerVersion parse(String text) {
    return new LayerVersion(text);
  }

  /** Whether a text is a version as this class takes it. */
  static boolean isOne(String text) {
    return text.length() <= MAX_LENGTH && VERSION.matcher(text).matches();
  }

  /** Whether this is before its release, such as {@code 2.0.0-rc.1}. */
  public boolean preRelease() {
    return text.indexOf('-') >= 0;
  }

  Semver semver() {
    Semver known = KNOWN.get(text);
    if (known == null) {
      known = new Semver(text);
      if (KNOWN.size() >= MOST_KNOWN) {
        KNOWN.clear();
      }
      KNOWN.put(text, known);
    }
    return known;
  }

  /** Precedence by semver.org §11; consistent with equals, as there is no build metadata. */
  @Override
  public int compareTo(LayerVersion other) {
    return semver().compareTo(other.semver());
  }

  @Override
  public String toString() {
    return text;
  }
}
