package dev.germline.core.compatibility.resolve;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What is known so far, in the order it came to be known, so that the latest of it can be taken
 * back.
 */
final class PartialSolution {
  private final List<Assignment> trail = new ArrayList<>();
  private final List<Known> families = new ArrayList<>();
  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparingInt(Due::choices).thenComparingInt(Due::family));
  private int level;

  /**
   * One step of knowledge.
   *
   * @param own what this step says of the family
   * @param known what all steps so far say of it
   * @param level how many decisions had been taken
   * @param cause what it follows from; null for a decision
   */
  record Assignment(
      int family, Values own, Values known, int level, @Nullable Incompatibility cause) {}

  /** A family that must be in the combination and whose version is open. */
  private record Due(int family, int choices) {}

  private static final class Known {
    private final Values all;
    private final List<Integer> steps = new ArrayList<>();
    private boolean decided;

    Known(Values all) {
      this.all = all;
    }
  }

  void add(Values all) {
    families.add(new Known(all));
  }

  Values known(int family) {
    Known known = families.get(family);
    return known.steps.isEmpty() ? known.all : trail.get(known.steps.getLast()).known();
  }

  boolean decided(int family) {
    return families.get(family).decided;
  }

  Assignment step(int index) {
    return trail.get(index);
  }

  void derive(int family, Values own, Incompatibility cause) {
    push(family, own, cause);
    enqueue(family);
  }

  void decide(int family, int value) {
    level++;
    push(family, Values.only(value, families.get(family).all.count()), null);
    families.get(family).decided = true;
  }

  private void push(int family, Values own, @Nullable Incompatibility cause) {
    Assignment step = new Assignment(family, own, known(family).and(own), level, cause);
    families.get(family).steps.add(trail.size());
    trail.add(step);
  }

  private void enqueue(int family) {
    Values known = known(family);
    if (!known.has(0) && !decided(family)) {
      due.add(new Due(family, known.count()));
    }
  }

  /** The family to decide next: the one with the fewest choices; -1 when all are decided. */
  int next() {
    while (!due.isEmpty()) {
      Due first = due.poll();
      Values known = known(first.family());
      if (!known.has(0) && !decided(first.family()) && known.count() == first.choices()) {
        return first.family();
      }
    }
    return -1;
  }

  /** Takes back everything after this many decisions. */
  void backTo(int earlier) {
    List<Integer> touched = new ArrayList<>();
    while (!trail.isEmpty() && trail.getLast().level() > earlier) {
      Assignment last = trail.removeLast();
      Known known = families.get(last.family());
      known.steps.removeLast();
      known.decided = known.decided && last.cause() != null;
      touched.add(last.family());
    }
    level = earlier;
    touched.stream().distinct().forEach(this::enqueue);
  }

  /** The first step after which the family's value was known to lie within a set. */
  int since(int family, Values within) {
    for (int index : families.get(family).steps) {
      if (trail.get(index).known().within(within)) {
        return index;
      }
    }
    throw new IllegalStateException("family " + family + " is not known to be so");
  }
}
