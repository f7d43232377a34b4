package dev.germline.core.compatibility.resolve;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Statements about families that cannot all be true. One without terms says that there is no
 * answer.
 *
 * @param terms the value set of each family, by its number; none of them is everything
 * @param premise what it restates; null if it was derived
 * @param left with {@code right}, what it was derived from; null if it restates a premise
 */
record Incompatibility(
    SortedMap<Integer, Values> terms,
    @Nullable Premise premise,
    @Nullable Incompatibility left,
    @Nullable Incompatibility right) {

  static Incompatibility stating(Premise premise, SortedMap<Integer, Values> terms) {
    return new Incompatibility(restricting(terms), premise, null, null);
  }

  /**
   * What follows from two by deciding them on one family: whatever its value, one of both forbids
   * the rest.
   */
  static Incompatibility resolvent(Incompatibility one, Incompatibility other, int family) {
    SortedMap<Integer, Values> terms = new TreeMap<>(one.terms);
    other.terms.forEach(
        (key, values) -> terms.merge(key, values, (a, b) -> key == family ? a.or(b) : a.and(b)));
    return new Incompatibility(restricting(terms), null, one, other);
  }

  private static SortedMap<Integer, Values> restricting(SortedMap<Integer, Values> terms) {
    SortedMap<Integer, Values> kept = new TreeMap<>(terms);
    kept.values().removeIf(Values::isAll);
    return Collections.unmodifiableSortedMap(kept);
  }

  boolean derived() {
    return premise == null;
  }

  /** Every stated incompatibility that this one was derived from, each once. */
  Set<Incompatibility> leaves() {
    Set<Incompatibility> seen = new HashSet<>();
    Set<Incompatibility> leaves = new LinkedHashSet<>();
    Deque<Incompatibility> open = new ArrayDeque<>();
    open.push(this);
    while (!open.isEmpty()) {
      Incompatibility next = open.pop();
      if (!seen.add(next)) {
        continue;
      }
      if (next.left == null || next.right == null) {
        leaves.add(next);
      } else {
        open.push(next.right);
        open.push(next.left);
      }
    }
    return leaves;
  }

  /** By identity: the same words may be derived twice, and hashing a derivation is not free. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
