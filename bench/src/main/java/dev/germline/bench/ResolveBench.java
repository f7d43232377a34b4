package dev.germline.bench;

import dev.germline.core.compatibility.resolve.Candidate;
import dev.germline.core.compatibility.resolve.Requirement;
import dev.germline.core.compatibility.resolve.Resolution;
import dev.germline.core.compatibility.resolve.Resolver;
import dev.germline.core.layers.Dependency;
import dev.germline.core.layers.LayerFamily;
import dev.germline.core.layers.LayerStatus;
import dev.germline.core.layers.LayerVersion;
import dev.germline.core.layers.VersionRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Dependencies of 5,000 layers (500 families of 10 versions, 1 to 4 dependencies each by ranges),
 * all of which can come into it; no store takes part. Beside it a search that backs one step at a
 * time, which is given up after a limit and then counts as that.
 */
final class ResolveBench {
  private static final int FAMILIES = 500;
  private static final int VERSIONS = 10;
  private static final long PATIENCE = 10_000;

  private ResolveBench() {}

  static void run(Report report) throws Exception {
    Map<LayerFamily, List<Candidate>> universe = universe(new Random(7));
    List<Requirement> asked = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      asked.add(Requirement.parse("bench/f" + i));
    }
    int[] chosen = new int[1];
    double resolve =
        Timing.medianMillis(
            5,
            15,
            () -> {
              Resolution found = resolve(universe, asked);
              chosen[0] =
                  switch (found) {
                    case Resolution.Resolved resolved -> resolved.layers().size();
                    case Resolution.Unsatisfiable _ ->
                        throw new IllegalStateException("the forest has an answer by construction");
                  };
            });
    report.add(
        "resolveMs", resolve, "ms", "backtracking (given up at 10 s)", naive(universe, asked));

    List<Requirement> impossible = new ArrayList<>(asked);
    impossible.add(Requirement.parse("bench/f" + (FAMILIES - 1) + "@^1.0.0"));
    impossible.add(Requirement.parse("bench/f" + (FAMILIES - 1) + "@^2.0.0"));
    impossible.removeFirst();
    double first = Timing.medianMillis(0, 1, () -> resolve(universe, impossible));
    double explain = Timing.medianMillis(3, 9, () -> resolve(universe, impossible));
    report.add("resolveExplainMs", explain, "ms", "the first time", first);

    Map<LayerFamily, List<Candidate>> trap = trap();
    List<Requirement> top = List.of(Requirement.parse("trap/t0"));
    double learned =
        Timing.medianMillis(
            3,
            9,
            () -> {
              if (!(resolve(trap, top) instanceof Resolution.Unsatisfiable)) {
                throw new IllegalStateException("the trap has no answer by construction");
              }
            });
    report.add("resolveTrapMs", learned, "ms", "backtracking (given up at 10 s)", naive(trap, top));
    report.add("resolveChosen", chosen[0], "layers", "families", FAMILIES);
  }

  private static Resolution resolve(
      Map<LayerFamily, List<Candidate>> universe, List<Requirement> asked) {
    return new Resolver(family -> universe.getOrDefault(family, List.of())).resolve(asked);
  }

  private static double naive(Map<LayerFamily, List<Candidate>> universe, List<Requirement> asked) {
    NaiveResolver peer =
        new NaiveResolver(family -> universe.getOrDefault(family, List.of()), PATIENCE);
    long start = System.nanoTime();
    peer.resolve(asked);
    return peer.gaveUp() ? PATIENCE : (System.nanoTime() - start) / 1e6;
  }

  /**
   * Newer versions need newer ones; some ranges are narrower than the newest, so choices matter.
   */
  private static Map<LayerFamily, List<Candidate>> universe(Random random) {
    Map<LayerFamily, List<Candidate>> universe = new HashMap<>();
    for (int f = 0; f < FAMILIES; f++) {
      List<Candidate> versions = new ArrayList<>();
      for (int v = 0; v < VERSIONS; v++) {
        Map<LayerFamily, Dependency> needs = new HashMap<>();
        for (int d = 0; d < 1 + random.nextInt(4) && f + 1 < FAMILIES; d++) {
          int target = f + 1 + random.nextInt(Math.min(40, FAMILIES - f - 1));
          int major = 1 + v / 4;
          // The oldest versions go with the oldest ones of every family, so an answer exists.
          String range =
              v == 0
                  ? "^1.0.0"
                  : random.nextInt(3) == 0
                      ? "^" + major + ".0.0"
                      : ">=1." + random.nextInt(4) + ".0";
          LayerFamily family = LayerFamily.parse("bench/f" + target);
          needs.put(family, new Dependency(family, VersionRange.parse(range), "x", 1, true));
        }
        versions.add(
            new Candidate(
                LayerVersion.parse((1 + v / 4) + "." + v % 4 + ".0"),
                LayerStatus.ACTIVE,
                List.copyOf(needs.values())));
      }
      universe.put(LayerFamily.parse("bench/f" + f), versions);
    }
    return universe;
  }

  /** A chain of free choices above one contradiction that none of them causes. */
  private static Map<LayerFamily, List<Candidate>> trap() {
    Map<LayerFamily, List<Candidate>> universe = new HashMap<>();
    int depth = 30;
    for (int f = 0; f <= depth; f++) {
      List<Candidate> versions = new ArrayList<>();
      for (int v = 0; v < VERSIONS; v++) {
        List<Dependency> needs = new ArrayList<>();
        if (f < depth) {
          LayerFamily next = LayerFamily.parse("trap/t" + (f + 1));
          needs.add(new Dependency(next, VersionRange.parse("*"), "x", 1, true));
        } else {
          LayerFamily gone = LayerFamily.parse("trap/gone");
          needs.add(new Dependency(gone, VersionRange.parse("^9.0.0"), "x", 1, true));
        }
        versions.add(new Candidate(LayerVersion.parse("1." + v + ".0"), LayerStatus.ACTIVE, needs));
      }
      universe.put(LayerFamily.parse("trap/t" + f), versions);
    }
    return universe;
  }
}
