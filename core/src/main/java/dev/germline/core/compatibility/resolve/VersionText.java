package dev.germline.core.compatibility.resolve;

import dev.germline.core.layers.LayerVersion;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;

/** Sets of versions in words. */
final class VersionText {
  private static final int MOST = 4;

  private VersionText() {}

  /**
   * Such as {@code every version of a/b}, {@code a/b 1.0.0 to 1.4.0}, {@code a/b 1.0.0 or 2.0.0}.
   */
  static String of(Domain domain, Values values) {
    BitSet positions = values.versions();
    int count = positions.cardinality();
    List<LayerVersion> all = domain.versions().newestFirst();
    if (count == 0) {
      return "no version of " + domain.family();
    }
    if (count == all.size() && count > 1) {
      return "every version of " + domain.family();
    }
    int newest = positions.nextSetBit(0);
    int oldest = positions.length() - 1;
    if (count > 1 && oldest - newest + 1 == count) {
      return domain.family() + " " + all.get(oldest) + " to " + all.get(newest);
    }
    return domain.family() + " " + some(domain.versions().at(positions));
  }

  /** The first few, and how many more there are. */
  static String some(List<LayerVersion> versions) {
    String shown =
        versions.stream().limit(MOST).map(LayerVersion::text).collect(Collectors.joining(", "));
    return versions.size() > MOST ? shown + " and " + (versions.size() - MOST) + " more" : shown;
  }
}
