package dev.germline.core.compatibility;

import dev.germline.core.compatibility.license.Release;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What the gate says of a combination.
 *
 * @param outcome the heaviest of the reasons
 * @param reasons heaviest first
 * @param terms what its licences come to
 * @param needs what it takes
 */
public record Verdict(Severity outcome, List<Reason> reasons, Shipping terms, Needs needs) {
  public Verdict {
    reasons = List.copyOf(reasons);
  }

  /**
   * What the licences of a combination come to.
   *
   * @param licenses those it is used under
   * @param commercial whether commercial use is allowed; null if terms are missing or unknown
   * @param attribution whether authors must be named
   * @param shareAlike whether changes, or the whole, stay under a licence
   * @param useRestricted whether some uses are forbidden by name
   * @param releases what the whole may be passed on under
   * @param credits what to show where authors must be named
   */
  public record Shipping(
      SortedSet<String> licenses,
      @Nullable Boolean commercial,
      boolean attribution,
      boolean shareAlike,
      boolean useRestricted,
      Set<Release> releases,
      List<String> credits) {
    public Shipping {
      credits = List.copyOf(credits);
    }
  }

  /**
   * What a combination takes, as far as its layers say.
   *
   * @param memoryMb in 10^6 bytes: what layers state, or else the size of their weights
   * @param storageBytes all files, each content once, or what layers state if that is more
   * @param complete whether every layer stated its memory
   */
  public record Needs(long memoryMb, long storageBytes, boolean complete) {}
}
