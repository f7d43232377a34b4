package dev.germline.core.compatibility.resolve;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.compatibility.resolve.Resolution.Unsatisfiable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes of a failed search the fewest reasons for it and an argument in sentences. */
final class Explanation {
  /** Each reason costs a search without it. */
  private static final int MOST_TRIED = 400;

  private static final int MOST_CONFLICTS = 2_000;

  private Explanation() {}

  static Unsatisfiable of(Resolver.Problem problem, Incompatibility failure) {
    Incompatibility shortest = failure;
    Set<Incompatibility> all = failure.leaves();
    boolean minimal = all.size() <= MOST_TRIED;
    if (minimal) {
      for (Incompatibility one : all) {
        Set<Incompatibility> left = shortest.leaves();
        if (left.remove(one)) {
          Incompatibility without = failure(problem, left);
          shortest = without == null ? shortest : without;
        }
      }
      // What is left over may be argued more plainly than the first search did.
      Incompatibility again = failure(problem, shortest.leaves());
      shortest = again == null ? shortest : again;
    }
    List<Premise> premises = new ArrayList<>();
    for (Incompatibility leaf : shortest.leaves()) {
      if (leaf.premise() != null) {
        premises.add(leaf.premise());
      }
    }
    return new Unsatisfiable(premises, minimal, new Argument(problem).of(shortest));
  }

  /** Why these cannot all be respected; null if they can, or if that is too hard to tell. */
  private static @Nullable Incompatibility failure(
      Resolver.Problem problem, Collection<Incompatibility> statements) {
    try {
      return new Search(new Fixed(problem), MOST_CONFLICTS).run(statements).failure();
    } catch (GermlineException tooHard) {
      if (tooHard.fault() != Fault.LIMIT_EXCEEDED) {
        throw tooHard;
      }
      return null;
    }
  }

  /** The families of a problem and nothing that is said of them. */
  private record Fixed(Resolver.Problem problem) implements Search.Statements {
    @Override
    public int families() {
      return problem.families();
    }

    @Override
    public Values all(int family) {
      return problem.all(family);
    }

    @Override
    public Collection<Incompatibility> of(int family, int value) {
      return List.of();
    }
  }
}
