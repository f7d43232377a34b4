package dev.germline.core.compatibility.license;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The ways in which something may be used: {@code OR} adds ways, {@code AND} and combining layers
 * make each way of one a way with each of the other. Ways that ask for no less than another are
 * dropped beyond {@value #MOST}. Immutable.
 */
public record Alternatives(Set<Terms> ways) {
  /** So many are kept apart; beyond, only those that are not worse than another. */
  static final int MOST = 64;

  /** No terms at all. */
  public static final Alternatives FREE = new Alternatives(Set.of(Terms.FREE));

  public Alternatives {
    ways = bounded(new LinkedHashSet<>(ways));
  }

  static Alternatives of(Terms terms) {
    return new Alternatives(Set.of(terms));
  }

  /** The choice of one or the other. */
  public Alternatives or(Alternatives other) {
    Set<Terms> either = new LinkedHashSet<>(ways);
    either.addAll(other.ways);
    return new Alternatives(either);
  }

  /** One and the other. */
  public Alternatives and(Alternatives other) {
    Set<Terms> both = new LinkedHashSet<>();
    for (Terms one : ways) {
      for (Terms another : other.ways) {
        both.add(one.and(another));
      }
    }
    return new Alternatives(both);
  }

  /** The same with commercial use forbidden beside the licence. */
  public Alternatives withoutCommercialUse() {
    return new Alternatives(
        ways.stream().map(Terms::withoutCommercialUse).collect(Collectors.toSet()));
  }

  /**
   * The way that asks least.
   *
   * @param forCommerce whether commercial use is wanted
   */
  public Terms best(boolean forCommerce) {
    return ways.stream()
        .min(
            Comparator.comparingInt((Terms way) -> way.burden(forCommerce))
                .thenComparing(way -> String.join(" ", way.licenses())))
        .orElse(Terms.FREE);
  }

  private static Set<Terms> bounded(Set<Terms> ways) {
    if (ways.size() <= MOST) {
      return Set.copyOf(ways);
    }
    List<Terms> sorted = new ArrayList<>(ways);
    sorted.sort(
        Comparator.comparingInt((Terms way) -> way.burden(false))
            .thenComparing(way -> String.join(" ", way.licenses())));
    List<Terms> kept = new ArrayList<>();
    for (Terms way : sorted) {
      if (coveredBy(way, kept) == null) {
        kept.add(way);
      }
    }
    return Set.copyOf(kept.subList(0, Math.min(MOST, kept.size())));
  }

  private static @Nullable Terms coveredBy(Terms way, List<Terms> kept) {
    return kept.stream().filter(way::covers).findFirst().orElse(null);
  }
}
