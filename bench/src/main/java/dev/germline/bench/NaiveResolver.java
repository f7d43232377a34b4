package dev.germline.bench;

import dev.germline.core.compatibility.resolve.Candidate;
import dev.germline.core.compatibility.resolve.Requirement;
import dev.germline.core.compatibility.resolve.Universe;
import dev.germline.core.layers.Dependency;
import dev.germline.core.layers.LayerFamily;
import dev.germline.core.layers.LayerVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one writes first: the newest version that fits, one step back when nothing does. */
final class NaiveResolver {
  private final Universe universe;
  private final long until;
  private final Map<String, Boolean> fits = new HashMap<>();
  private boolean late;

  NaiveResolver(Universe universe, long millis) {
    this.universe = universe;
    this.until = System.nanoTime() + millis * 1_000_000;
  }

  /** Whether there is a combination; false too when the time is over. */
  boolean resolve(List<Requirement> asked) {
    return next(List.copyOf(asked), 0, new HashMap<>());
  }

  boolean gaveUp() {
    return late;
  }

  private boolean next(List<Requirement> open, int at, Map<LayerFamily, LayerVersion> chosen) {
    if (System.nanoTime() > until) {
      late = true;
      return false;
    }
    if (at == open.size()) {
      return true;
    }
    Requirement one = open.get(at);
    LayerVersion known = chosen.get(one.layer());
    if (known != null) {
      return fits(one, known) && next(open, at + 1, chosen);
    }
    List<Candidate> candidates = new ArrayList<>(universe.versions(one.layer()));
    candidates.sort(Comparator.comparing(Candidate::version).reversed());
    for (Candidate candidate : candidates) {
      if (fits(one, candidate.version())) {
        List<Requirement> more = new ArrayList<>(open);
        for (Dependency dependency : candidate.dependencies()) {
          more.add(new Requirement(dependency.layer(), dependency.versions()));
        }
        chosen.put(one.layer(), candidate.version());
        if (next(more, at + 1, chosen)) {
          return true;
        }
        chosen.remove(one.layer());
      }
    }
    return false;
  }

  private boolean fits(Requirement requirement, LayerVersion version) {
    return fits.computeIfAbsent(
        requirement.versions() + " " + version, k -> requirement.versions().includes(version));
  }
}
