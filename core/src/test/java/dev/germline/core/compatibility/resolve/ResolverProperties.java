package dev.germline.core.compatibility.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.core.layers.Dependency;
import dev.germline.core.layers.LayerFamily;
import dev.germline.core.layers.LayerStatus;
import dev.germline.core.layers.LayerVersion;
import dev.germline.core.layers.VersionRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The resolver against trying everything, on universes small enough for that. */
final class ResolverProperties {
  private static final List<String> RANGES =
      List.of(
          "*", "^1.0.0", "^2.0.0", "~1.1.0", ">=1.1.0", "<2.0.0", "1.0.0", "1.1.0 || 2.0.0", "3.x");
  private static final Map<String, Boolean> INCLUDES = new ConcurrentHashMap<>();
  private static final List<String> VERSIONS = List.of("1.0.0", "1.1.0", "2.0.0", "2.0.0-rc.1");

  @Property(tries = 400)
  void agreesWithTryingEverything(@ForAll long seed) {
    Small small = new Small(new Random(seed));
    Resolution resolution = new Resolver(small::versions).resolve(small.asked);
    switch (resolution) {
      case Resolution.Resolved resolved -> {
        Map<LayerFamily, LayerVersion> chosen = new HashMap<>();
        resolved.layers().forEach(c -> chosen.put(c.layer().family(), c.layer().version()));
        assertThat(small.answers(chosen, small.premises())).isTrue();
        resolved
            .layers()
            .forEach(c -> {
              assertThat(c.path()).isNotEmpty();
              assertThat(c.path().getLast()).isEqualTo(c.layer());
            });
      }
      case Resolution.Unsatisfiable why -> {
        assertThat(small.satisfiable(small.premises())).isFalse();
        assertThat(why.minimal()).isTrue();
        assertThat(why.steps()).isNotEmpty();
        assertThat(small.satisfiable(why.premises())).as("the reasons suffice").isFalse();
        for (Premise one : why.premises()) {
          List<Premise> others = new ArrayList<>(why.premises());
          others.remove(one);
          assertThat(small.satisfiable(others)).as("without " + one).isTrue();
        }
      }
    }
  }

  @Property(tries = 50)
  void theSameQuestionHasTheSameAnswer(@ForAll long seed) {
    Small small = new Small(new Random(seed));
    assertThat(new Resolver(small::versions).resolve(small.asked))
        .isEqualTo(new Resolver(small::versions).resolve(small.asked));
  }

  /** Five families of up to four versions. */
  private static final class Small {
    private final Map<LayerFamily, List<Candidate>> universe = new HashMap<>();
    private final List<LayerFamily> families = new ArrayList<>();
    private final List<Requirement> asked = new ArrayList<>();

    Small(Random random) {
      for (int f = 0; f < 5; f++) {
        families.add(LayerFamily.parse("t/f" + f));
      }
      for (LayerFamily family : families) {
        List<Candidate> candidates = new ArrayList<>();
        for (String version : VERSIONS) {
          if (random.nextInt(10) < 8) {
            candidates.add(candidate(family, version, random));
          }
        }
        universe.put(family, candidates);
      }
      for (int i = 0; i <= random.nextInt(3); i++) {
        asked.add(new Requirement(families.get(random.nextInt(5)), range(random)));
      }
    }

    private Candidate candidate(LayerFamily family, String version, Random random) {
      Map<LayerFamily, Dependency> needs = new HashMap<>();
      for (int i = 0; i < random.nextInt(4); i++) {
        LayerFamily other = families.get(random.nextInt(5));
        if (!other.equals(family)) {
          needs.put(other, new Dependency(other, range(random), "x", 1, random.nextInt(4) > 0));
        }
      }
      LayerStatus status =
          switch (random.nextInt(8)) {
            case 0 -> LayerStatus.YANKED;
            case 1 -> LayerStatus.REVOKED;
            default -> LayerStatus.ACTIVE;
          };
      return new Candidate(LayerVersion.parse(version), status, List.copyOf(needs.values()));
    }

    private static VersionRange range(Random random) {
      return VersionRange.parse(RANGES.get(random.nextInt(RANGES.size())));
    }

    List<Candidate> versions(LayerFamily family) {
      return universe.getOrDefault(family, List.of());
    }

    /** All that must be respected. */
    List<Premise> premises() {
      List<Premise> all = new ArrayList<>();
      for (Requirement one : asked) {
        all.add(new Premise(null, List.of(), one.layer(), one.versions(), true, ""));
      }
      universe.forEach((family, candidates) -> {
        for (Candidate candidate : candidates) {
          for (Dependency d : candidate.dependencies()) {
            all.add(
                new Premise(
                    family,
                    List.of(candidate.version()),
                    d.layer(),
                    d.versions(),
                    d.required(),
                    ""));
          }
        }
      });
      return all;
    }

    boolean satisfiable(List<Premise> premises) {
      return any(0, new HashMap<>(), premises);
    }

    private boolean any(int next, Map<LayerFamily, LayerVersion> chosen, List<Premise> premises) {
      if (next == families.size()) {
        return answers(chosen, premises);
      }
      LayerFamily family = families.get(next);
      if (any(next + 1, chosen, premises)) {
        return true;
      }
      for (Candidate candidate : versions(family)) {
        chosen.put(family, candidate.version());
        if (any(next + 1, chosen, premises)) {
          return true;
        }
        chosen.remove(family);
      }
      return false;
    }

    boolean answers(Map<LayerFamily, LayerVersion> chosen, List<Premise> premises) {
      for (Premise premise : premises) {
        boolean applies =
            premise.dependent() == null
                || new HashSet<>(premise.dependentVersions())
                    .contains(chosen.get(premise.dependent()));
        LayerVersion other = chosen.get(premise.layer());
        if (applies && (other == null ? premise.required() : !fits(premise, other))) {
          return false;
        }
      }
      return true;
    }

    private boolean fits(Premise premise, LayerVersion version) {
      LayerStatus status =
          versions(premise.layer()).stream()
              .filter(c -> c.version().equals(version))
              .findFirst()
              .orElseThrow()
              .status();
      boolean exact = premise.versions().text().equals("1.0.0");
      return INCLUDES.computeIfAbsent(
              premise.versions() + " " + version, key -> premise.versions().includes(version))
          && status != LayerStatus.REVOKED
          && (exact || status != LayerStatus.YANKED);
    }
  }
}
