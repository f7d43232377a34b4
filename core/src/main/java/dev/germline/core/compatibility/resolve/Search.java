package dev.germline.core.compatibility.resolve;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.compatibility.resolve.PartialSolution.Assignment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One search for a combination that respects every incompatibility: what follows is derived, what
 * is open is decided newest version first, and a contradiction is traced to what it follows from,
 * which becomes known and is never run into again. For one thread and one use.
 */
final class Search {
  private static final int NOTHING = -1;
  private static final int CONFLICT = -2;

  private final Statements statements;
  private final int mostConflicts;
  private final PartialSolution solution = new PartialSolution();
  private final List<List<Incompatibility>> about = new ArrayList<>();
  private int conflicts;

  /** Where incompatibilities come from. */
  interface Statements {
    int families();

    Values all(int family);

    /** What a decided version brings along; it may make families known that were not before. */
    Collection<Incompatibility> of(int family, int value);
  }

  /**
   * @param mostConflicts after so many the search is given up
   */
  Search(Statements statements, int mostConflicts) {
    this.statements = statements;
    this.mostConflicts = mostConflicts;
  }

  /** What came out: the value of every family that is in, or why there is none. */
  record Outcome(Map<Integer, Integer> chosen, @Nullable Incompatibility failure) {}

  /**
   * Searches.
   *
   * @throws GermlineException LIMIT_EXCEEDED
   */
  Outcome run(Collection<Incompatibility> first) {
    Incompatibility failure = add(first);
    while (failure == null) {
      int family = solution.next();
      if (family < 0) {
        return new Outcome(chosen(), null);
      }
      int value = solution.known(family).newest();
      solution.decide(family, value);
      failure = add(statements.of(family, value));
      if (failure == null) {
        failure = propagate(family);
      }
    }
    return new Outcome(Map.of(), failure);
  }

  private Map<Integer, Integer> chosen() {
    Map<Integer, Integer> chosen = new TreeMap<>();
    for (int family = 0; family < about.size(); family++) {
      if (solution.decided(family)) {
        chosen.put(family, solution.known(family).newest());
      }
    }
    return chosen;
  }

  private @Nullable Incompatibility add(Collection<Incompatibility> more) {
    while (about.size() < statements.families()) {
      solution.add(statements.all(about.size()));
      about.add(new ArrayList<>());
    }
    for (Incompatibility one : more) {
      if (one.terms().isEmpty()) {
        return one;
      }
      one.terms().keySet().forEach(family -> about.get(family).add(one));
    }
    for (Incompatibility one : more) {
      Incompatibility failure = propagate(one.terms().firstKey());
      if (failure != null) {
        return failure;
      }
    }
    return null;
  }

  /** Derives all that follows from a change; returns why nothing can be, if nothing can. */
  private @Nullable Incompatibility propagate(int changed) {
    Deque<Integer> open = new ArrayDeque<>(List.of(changed));
    while (!open.isEmpty()) {
      int family = open.poll();
      List<Incompatibility> list = about.get(family);
      for (int i = list.size() - 1; i >= 0; i--) {
        int derived = derive(list.get(i));
        if (derived == CONFLICT) {
          Incompatibility cause = resolveConflict(list.get(i));
          if (cause.terms().isEmpty()) {
            return cause;
          }
          open.clear();
          open.add(derive(cause));
          break;
        }
        if (derived != NOTHING && !open.contains(derived)) {
          open.add(derived);
        }
      }
    }
    return null;
  }

  /** The family of which something new follows, if all terms but one are true. */
  private int derive(Incompatibility one) {
    int open = NOTHING;
    for (Map.Entry<Integer, Values> term : one.terms().entrySet()) {
      Values known = solution.known(term.getKey());
      if (known.disjoint(term.getValue())) {
        return NOTHING;
      }
      if (!known.within(term.getValue())) {
        if (open != NOTHING) {
          return NOTHING;
        }
        open = term.getKey();
      }
    }
    if (open == NOTHING) {
      return CONFLICT;
    }
    solution.derive(open, values(one, open).complement(), one);
    return open;
  }

  private static Values values(Incompatibility one, int family) {
    Values values = one.terms().get(family);
    if (values == null) {
      throw new IllegalStateException("it says nothing of family " + family);
    }
    return values;
  }

  /**
   * Traces a contradiction back until what is left of it was true before the decision that led to
   * it, and takes that decision back.
   */
  private Incompatibility resolveConflict(Incompatibility conflict) {
    if (++conflicts > mostConflicts) {
      throw new GermlineException(
          Fault.LIMIT_EXCEEDED,
          "no combination was found after "
              + mostConflicts
              + " contradictions; ask for exact versions of some of the layers");
    }
    Incompatibility left = conflict;
    boolean learned = false;
    while (!left.terms().isEmpty()) {
      int latest = -1;
      int before = 0;
      for (Map.Entry<Integer, Values> term : left.terms().entrySet()) {
        int since = solution.since(term.getKey(), term.getValue());
        int earlier = Math.min(since, latest);
        latest = Math.max(since, latest);
        before = earlier < 0 ? before : Math.max(before, solution.step(earlier).level());
      }
      Assignment last = solution.step(latest);
      Values term = values(left, last.family());
      if (!last.own().within(term)) {
        // Only together with what was known of the family before.
        Values others = last.own().and(term.complement()).complement();
        before = Math.max(before, solution.step(solution.since(last.family(), others)).level());
      }
      Incompatibility cause = last.cause();
      if (cause == null || before < last.level()) {
        solution.backTo(before);
        if (learned) {
          for (int family : left.terms().keySet()) {
            about.get(family).add(left);
          }
        }
        return left;
      }
      left = Incompatibility.resolvent(left, cause, last.family());
      learned = true;
    }
    return left;
  }
}
