package dev.germline.core.compatibility.license;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a licence, or several together, ask and allow: an element of a lattice whose {@link #and} is
 * the join (what binds one part binds the whole) and whose bottom is {@link #FREE}. Immutable.
 *
 * @param licenses whose terms these are, by id
 * @param commercial whether commercial use is allowed
 * @param derivatives whether changed versions may be passed on
 * @param attribution whether authors must be named
 * @param useRestricted whether some uses are forbidden by name (OpenRAIL, Llama)
 * @param shareAlike whether changes, or the whole, must stay under the licence
 * @param unknown whether terms are among them that are not in the table
 * @param releases what the whole may be passed on under; empty: it may not
 */
public record Terms(
    SortedSet<String> licenses,
    boolean commercial,
    boolean derivatives,
    boolean attribution,
    boolean useRestricted,
    boolean shareAlike,
    boolean unknown,
    Set<Release> releases) {
  /** No terms at all. */
  public static final Terms FREE =
      new Terms(
          Collections.emptySortedSet(),
          true,
          true,
          false,
          false,
          false,
          false,
          EnumSet.allOf(Release.class));

  public Terms {
    licenses = Collections.unmodifiableSortedSet(new TreeSet<>(licenses));
    releases =
        Collections.unmodifiableSet(
            releases.isEmpty() ? EnumSet.noneOf(Release.class) : EnumSet.copyOf(releases));
  }

  /** Terms of a licence that the table does not have: nothing is known to be forbidden. */
  static Terms unknown(String license) {
    return new Terms(
        new TreeSet<>(Set.of(license)),
        true,
        true,
        true,
        false,
        false,
        true,
        EnumSet.allOf(Release.class));
  }

  /** The terms of both. */
  public Terms and(Terms other) {
    SortedSet<String> both = new TreeSet<>(licenses);
    both.addAll(other.licenses);
    Set<Release> left = EnumSet.noneOf(Release.class);
    left.addAll(releases);
    left.retainAll(other.releases);
    return new Terms(
        both,
        commercial && other.commercial,
        derivatives && other.derivatives,
        attribution || other.attribution,
        useRestricted || other.useRestricted,
        shareAlike || other.shareAlike,
        unknown || other.unknown,
        left);
  }

  /** The same with commercial use forbidden beside the licence. */
  public Terms withoutCommercialUse() {
    return new Terms(
        licenses, false, derivatives, attribution, useRestricted, shareAlike, unknown, releases);
  }

  /** Whether whoever keeps these terms keeps the other ones too, whatever their names. */
  public boolean covers(Terms other) {
    Terms both = and(other);
    return both.commercial == commercial
        && both.derivatives == derivatives
        && both.attribution == attribution
        && both.useRestricted == useRestricted
        && both.shareAlike == shareAlike
        && both.unknown == unknown
        && both.releases.equals(releases);
  }

  /**
   * How much these terms ask, most important first: what makes a combination impossible outweighs
   * what forbids a use, and that what is merely to be done.
   *
   * @param forCommerce whether commercial use is wanted
   */
  int burden(boolean forCommerce) {
    int burden = releases.isEmpty() ? 1 << 10 : 0;
    burden += forCommerce && !commercial ? 1 << 9 : 0;
    burden += derivatives ? 0 : 1 << 8;
    burden += unknown ? 1 << 7 : 0;
    burden += commercial ? 0 : 1 << 6;
    burden += useRestricted ? 1 << 5 : 0;
    burden += shareAlike ? 1 << 4 : 0;
    burden += attribution ? 1 << 3 : 0;
    return burden + Release.values().length - releases.size();
  }
}
