package dev.germline.core.layers;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.util.regex.Pattern;
import org.semver4j.range.RangeList;
import org.semver4j.range.RangeListFactory;

/**
 * A range of versions as npm writes them: {@code ^1.2}, {@code >=1.0.0 <2.0.0}, {@code 1.x || 2.x},
 * {@code 1.0.0 - 1.4.0}, {@code *}. At most 128 characters.
 */
public record VersionRange(String text) {
  private static final int MAX_LENGTH = 128;
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

  private static RangeList ranges(String text) {
    return RangeListFactory.create(text, false);
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
