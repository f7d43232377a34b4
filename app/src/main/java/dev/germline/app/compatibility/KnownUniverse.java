package dev.germline.app.compatibility;

import dev.germline.app.identity.Caller;
import dev.germline.app.layers.LayerSets;
import dev.germline.app.layers.LayerSets.Entry;
import dev.germline.core.compatibility.resolve.Candidate;
import dev.germline.core.compatibility.resolve.Requirement;
import dev.germline.core.compatibility.resolve.Universe;
import dev.germline.core.layers.Dependency;
import dev.germline.core.layers.LayerFamily;
import dev.germline.core.layers.LayerName;
import dev.germline.core.substrate.Digest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Every version of the families that some layers may need, directly or not, by their records and by
 * what was stated since, as a caller may see them. Read in waves: one statement for all families
 * that the wave before named first.
 */
final class KnownUniverse implements Universe {
  private final Map<LayerFamily, List<Entry>> families;
  private final Map<Digest, List<Dependency>> stated;

  private KnownUniverse(
      Map<LayerFamily, List<Entry>> families, Map<Digest, List<Dependency>> stated) {
    this.families = families;
    this.stated = stated;
  }

  static KnownUniverse load(
      LayerSets layers, Caller caller, Collection<Requirement> asked, int most) {
    Map<LayerFamily, List<Entry>> families = new HashMap<>();
    Map<Digest, List<Dependency>> stated = new HashMap<>();
    Set<LayerFamily> seen = new HashSet<>();
    Set<LayerFamily> wave = new LinkedHashSet<>();
    asked.forEach(requirement -> wave.add(requirement.layer()));
    int left = most;
    while (!wave.isEmpty()) {
      seen.addAll(wave);
      Map<LayerFamily, List<Entry>> found = layers.versions(caller, wave, left);
      families.putAll(found);
      stated.putAll(
          layers.statedNeeds(
              caller,
              found.values().stream()
                  .flatMap(List::stream)
                  .map(entry -> entry.row().digest())
                  .toList()));
      wave.clear();
      for (List<Entry> versions : found.values()) {
        left -= versions.size();
        for (Entry entry : versions) {
          for (Dependency dependency : needs(entry, stated)) {
            if (!seen.contains(dependency.layer())) {
              wave.add(dependency.layer());
            }
          }
        }
      }
    }
    return new KnownUniverse(families, stated);
  }

  @Override
  public List<Candidate> versions(LayerFamily family) {
    List<Candidate> candidates = new ArrayList<>();
    for (Entry entry : entries(family)) {
      candidates.add(
          new Candidate(entry.row().name().version(), entry.row().status(), needs(entry, stated)));
    }
    return candidates;
  }

  /** What a layer's record says that it needs, and what was stated so later. */
  private static List<Dependency> needs(Entry entry, Map<Digest, List<Dependency>> stated) {
    List<Dependency> declared = entry.layer().manifest().dependencies();
    List<Dependency> later = stated.getOrDefault(entry.row().digest(), List.of());
    return later.isEmpty()
        ? declared
        : Stream.concat(declared.stream(), later.stream()).distinct().toList();
  }

  List<Entry> entries(LayerFamily family) {
    return families.getOrDefault(family, List.of());
  }

  Optional<Entry> entry(LayerName name) {
    return entries(name.family()).stream()
        .filter(entry -> entry.row().name().equals(name))
        .findFirst();
  }
}
