package dev.germline.core.compatibility.resolve;

import dev.germline.core.GermlineException;
import dev.germline.core.compatibility.resolve.Resolution.Chosen;
import dev.germline.core.layers.Dependency;
import dev.germline.core.layers.LayerFamily;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.VersionRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds the versions that go together. The newest version that fits is tried first; a yanked one
 * fits only where exactly it is asked for, a revoked one never. An optional dependency brings
 * nothing in, but what is in for another reason must fit it. The same question has the same answer.
 * Stateless.
 */
public final class Resolver {
  /** After so many contradictions a search is given up. */
  public static final int MOST_CONFLICTS = 100_000;

  private final Universe universe;

  public Resolver(Universe universe) {
    this.universe = universe;
  }

  /**
   * A combination with all that is asked for and all that it needs, or why there is none.
   *
   * @throws GermlineException LIMIT_EXCEEDED
   */
  public Resolution resolve(Collection<Requirement> asked) {
    Problem problem = new Problem(universe);
    List<Incompatibility> first = asked.stream().distinct().map(problem::asked).toList();
    Search.Outcome outcome = new Search(problem, MOST_CONFLICTS).run(first);
    return outcome.failure() == null
        ? resolved(problem, outcome.chosen(), asked)
        : Explanation.of(problem, outcome.failure());
  }

  private static Resolution resolved(
      Problem problem, Map<Integer, Integer> values, Collection<Requirement> asked) {
    Map<LayerFamily, Candidate> chosen = new LinkedHashMap<>();
    values.forEach((family, value) -> {
      Domain domain = problem.domain(family);
      chosen.put(domain.family(), domain.newestFirst().get(value - 1));
    });
    SortedMap<LayerName, List<LayerName>> paths = paths(chosen, asked);
    return new Resolution.Resolved(
        paths.entrySet().stream().map(e -> new Chosen(e.getKey(), e.getValue())).toList());
  }

  /** The shortest way to each layer from one that was asked for. */
  private static SortedMap<LayerName, List<LayerName>> paths(
      Map<LayerFamily, Candidate> chosen, Collection<Requirement> asked) {
    SortedMap<LayerName, List<LayerName>> paths = new TreeMap<>();
    Deque<LayerName> open = new ArrayDeque<>();
    Set<LayerFamily> seen = new HashSet<>();
    for (Requirement requirement : asked) {
      Candidate candidate = chosen.get(requirement.layer());
      if (candidate != null && seen.add(requirement.layer())) {
        LayerName name = requirement.layer().at(candidate.version());
        paths.put(name, List.of(name));
        open.add(name);
      }
    }
    while (!open.isEmpty()) {
      LayerName from = open.poll();
      List<LayerName> path = paths.getOrDefault(from, List.of());
      Candidate candidate = chosen.get(from.family());
      List<Dependency> needs = candidate == null ? List.of() : candidate.dependencies();
      for (Dependency dependency : needs) {
        Candidate other = chosen.get(dependency.layer());
        if (other != null && seen.add(dependency.layer())) {
          LayerName name = dependency.layer().at(other.version());
          List<LayerName> longer = new ArrayList<>(path);
          longer.add(name);
          paths.put(name, longer);
          open.add(name);
        }
      }
    }
    return paths;
  }

  /** Families and statements of one resolution; asks the universe as it goes. */
  static final class Problem implements Search.Statements {
    private final Universe universe;
    private final List<Domain> domains = new ArrayList<>();
    private final Map<LayerFamily, Integer> numbers = new HashMap<>();
    private final Set<Said> said = new HashSet<>();

    private record Said(int family, Dependency dependency) {}

    Problem(Universe universe) {
      this.universe = universe;
    }

    Domain domain(int family) {
      return domains.get(family);
    }

    private int number(LayerFamily family) {
      Integer known = numbers.get(family);
      if (known != null) {
        return known;
      }
      domains.add(new Domain(family, universe.versions(family)));
      numbers.put(family, domains.size() - 1);
      return domains.size() - 1;
    }

    @Override
    public int families() {
      return domains.size();
    }

    @Override
    public Values all(int family) {
      return domain(family).all();
    }

    @Override
    public List<Incompatibility> of(int family, int value) {
      List<Incompatibility> fresh = new ArrayList<>();
      domain(family)
          .statedBy(value)
          .forEach((dependency, versions) -> {
            if (said.add(new Said(family, dependency))) {
              fresh.add(needs(family, versions, dependency));
            }
          });
      return fresh;
    }

    Incompatibility asked(Requirement requirement) {
      int number = number(requirement.layer());
      Domain domain = domain(number);
      Values answers = domain.answers(requirement.versions());
      String text =
          requirement.layer()
              + " "
              + requirement.versions()
              + " is asked for"
              + but(domain, answers, requirement.versions());
      SortedMap<Integer, Values> terms = new TreeMap<>();
      terms.put(number, answers.complement());
      return Incompatibility.stating(
          new Premise(null, List.of(), requirement.layer(), requirement.versions(), true, text),
          terms);
    }

    private Incompatibility needs(int family, Values versions, Dependency dependency) {
      int number = number(dependency.layer());
      Domain needed = domain(number);
      Domain dependent = domain(family);
      Values answers = needed.answers(dependency.versions());
      Values refused = answers.complement();
      String text =
          VersionText.of(dependent, versions)
              + (dependency.required() ? " needs " : " works only with ")
              + dependency.layer()
              + " "
              + dependency.versions()
              + (dependency.required()
                  ? but(needed, answers, dependency.versions())
                  : " if at all");
      SortedMap<Integer, Values> terms = new TreeMap<>();
      terms.put(family, versions);
      terms.merge(
          number,
          dependency.required() ? refused : refused.and(Values.only(0, needed.size()).complement()),
          Values::and);
      return Incompatibility.stating(
          new Premise(
              dependent.family(),
              dependent.versions().at(versions.versions()),
              dependency.layer(),
              dependency.versions(),
              dependency.required(),
              text),
          terms);
    }

    private static String but(Domain domain, Values answers, VersionRange range) {
      return answers.isEmpty() ? ", and " + domain.unanswered(range) : "";
    }
  }
}
