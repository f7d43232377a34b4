package dev.germline.core.layers;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.semver4j.range.RangeList;
import org.semver4j.range.RangeListFactory;

/**
 * A range of versions as npm writes them: {@code ^1.2}, {@code >=1.0.0 <2.0.0}, {@code 1.x || 2.x},
 * {@code 1.0.0 - 1.4.0}, {@code *}. At most 128 characters.
 */
public record VersionRange(String text) {
  private static final int MAX_LENGTH = 128;

  /** Reading a range takes 0.3 ms, and thousands of layers use the same few. Never changed. */
  private static final Map<String, RangeList> KNOWN = new ConcurrentHashMap<>();

  private static final int MOST_KNOWN = 4096;
  private static final String NUMBER = "(?:0|[1-9][0-9]{0,8}|[xX*])";
  private static final String PARTIAL =
      NUMBER
          + "(?:\\."
          + NUMBER
          + "(?:\\."
          + NUMBER
          + "(?:-[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?)?)?";
  private static final String COMPARATOR = "(?:[~^=]|[<>]=?)?" + PARTIAL;
  private static final String ALTERNATIVE =
      "(?:" + PARTIAL + " - " + PARTIAL + "|" + COMPARATOR + "(?: " + COMPARATOR + ")*)";
  private static final Pattern RANGE =
      Pattern.compile(ALTERNATIVE + "(?: \\|\\| " + ALTERNATIVE + ")*");

  public VersionRange {
    if (text.length() > MAX_LENGTH || !RANGE.matcher(text).matches() || !understood(text)) {
      throw new GermlineException(
          Fault.INVALID_NAME,
          "version range "
              + Check.show(text)
              + " is not understood; give one such as ^1.2.0, '>=1.0.0 <2.0.0', '1.x || 2.x' or *");
    }
  }

  /**
   * Same as the constructor, for the edge of the program.
   *
   * @throws GermlineException INVALID_NAME
   */
  public static VersionRange parse(String text) {
    return new VersionRange(text);
  }

  /**
   * Whether the version lies in this range. A pre-release matches only where the range names a
   * pre-release of the same version.
   */
  public boolean includes(LayerVersion version) {
    return ranges(text).isSatisfiedBy(version.semver());
  }

  /**
   * The one version that this range names, if it names exactly one: {@code 1.2.0} or {@code
   * =1.2.0}.
   */
  public Optional<LayerVersion> exactly() {
    String version = text.startsWith("=") ? text.substring(1) : text;
    return LayerVersion.isOne(version) ? Optional.of(new LayerVersion(version)) : Optional.empty();
  }

  RangeList ranges() {
    return ranges(text);
  }

  private static RangeList ranges(String text) {
    RangeList known = KNOWN.get(text);
    if (known == null) {
      known = RangeListFactory.create(text, false);
      if (KNOWN.size() >= MOST_KNOWN) {
        KNOWN.clear();
      }
      KNOWN.put(text, known);
    }
    return known;
  }

  /** semver4j drops what it cannot read: every alternative must have left something. */
  private static boolean understood(String text) {
    for (String alternative : text.split(" \\|\\| ", -1)) {
      if (ranges(alternative).get().isEmpty()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return text;
  }
}
