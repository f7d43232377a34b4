package dev.germline.graph.audit;

import java.util.Comparator;

/** What identifies an arrow between layers. */
record ArrowKey(String claim, String type) implements Comparable<ArrowKey> {
  private static final Comparator<ArrowKey> ORDER =
      Comparator.comparing(ArrowKey::claim).thenComparing(ArrowKey::type);

  @Override
  public int compareTo(ArrowKey other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return type + " claim " + claim;
  }
}
