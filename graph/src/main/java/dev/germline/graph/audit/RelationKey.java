package dev.germline.graph.audit;

import java.util.Comparator;

/**
 * What identifies a relation of a CP edge: text, so that what somebody wrote into the graph by hand
 * has a key too.
 *
 * @param target empty for a node that has no id
 * @param kind empty unless the type is CP_EDGE
 */
record RelationKey(String source, String target, String type, String kind)
    implements Comparable<RelationKey> {
  private static final Comparator<RelationKey> ORDER =
      Comparator.comparing(RelationKey::source)
          .thenComparing(RelationKey::target)
          .thenComparing(RelationKey::type)
          .thenComparing(RelationKey::kind);

  @Override
  public int compareTo(RelationKey other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return source
        + " -["
        + type
        + (kind.isEmpty() ? "" : " " + kind)
        + "]-> "
        + (target.isEmpty() ? "a node without id" : target);
  }
}
