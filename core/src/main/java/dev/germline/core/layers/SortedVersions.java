package dev.germline.core.layers;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.semver4j.Semver;
import org.semver4j.range.RangeList;

/**
 * The versions of one family, newest first, each parsed once: for whoever asks many ranges of them.
 * Immutable.
 */
public final class SortedVersions {
  private final List<LayerVersion> newestFirst;
  private final List<Semver> parsed;

  private SortedVersions(List<LayerVersion> newestFirst, List<Semver> parsed) {
    this.newestFirst = newestFirst;
    this.parsed = parsed;
  }

  private record Parsed(LayerVersion version, Semver semver) {}

  /** Sorts versions by precedence; each is taken once. */
  public static SortedVersions of(Collection<LayerVersion> versions) {
    List<Parsed> sorted =
        versions.stream()
            .distinct()
            .map(version -> new Parsed(version, version.semver()))
            .sorted(Comparator.comparing(Parsed::semver).reversed())
            .toList();
    return new SortedVersions(
        sorted.stream().map(Parsed::version).toList(),
        sorted.stream().map(Parsed::semver).toList());
  }

  /** The versions, newest first. */
  public List<LayerVersion> newestFirst() {
    return newestFirst;
  }

  /** Positions in {@link #newestFirst} of the versions that a range includes. */
  public BitSet matching(VersionRange range) {
    RangeList ranges = range.ranges();
    BitSet matching = new BitSet(parsed.size());
    for (int i = 0; i < parsed.size(); i++) {
      matching.set(i, ranges.isSatisfiedBy(parsed.get(i)));
    }
    return matching;
  }

  /** The versions at these positions, newest first. */
  public List<LayerVersion> at(BitSet positions) {
    List<LayerVersion> versions = new ArrayList<>();
    positions.stream().forEach(i -> versions.add(newestFirst.get(i)));
    return List.copyOf(versions);
  }
}
