package dev.germline.core.compatibility.resolve;

import dev.germline.core.layers.Dependency;
import dev.germline.core.layers.LayerFamily;
import dev.germline.core.layers.LayerStatus;
import dev.germline.core.layers.LayerVersion;
import dev.germline.core.layers.SortedVersions;
import dev.germline.core.layers.VersionRange;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A family within one resolution: its versions and the sets that ranges make of them. */
final class Domain {
  private final LayerFamily family;
  private final SortedVersions versions;
  private final List<Candidate> newestFirst;
  private final Map<VersionRange, Values> answers = new HashMap<>();
  private final Map<Dependency, BitSet> stated = new LinkedHashMap<>();

  Domain(LayerFamily family, List<Candidate> candidates) {
    this.family = family;
    Map<LayerVersion, Candidate> byVersion =
        candidates.stream().collect(Collectors.toMap(Candidate::version, Function.identity()));
    this.versions = SortedVersions.of(byVersion.keySet());
    this.newestFirst = versions.newestFirst().stream().map(byVersion::get).toList();
    for (int i = 0; i < newestFirst.size(); i++) {
      for (Dependency dependency : newestFirst.get(i).dependencies()) {
        stated.computeIfAbsent(said(dependency), d -> new BitSet()).set(i + 1);
      }
    }
  }

  /** Versions that say the same of one family are one reason, whatever else they say of it. */
  private static Dependency said(Dependency dependency) {
    return new Dependency(
        dependency.layer(), dependency.versions(), "needs", 1, dependency.required());
  }

  LayerFamily family() {
    return family;
  }

  SortedVersions versions() {
    return versions;
  }

  List<Candidate> newestFirst() {
    return newestFirst;
  }

  /** How many values there are. */
  int size() {
    return newestFirst.size() + 1;
  }

  Values all() {
    return Values.all(size());
  }

  /** The dependencies of a version, each with all the versions that state it. */
  Map<Dependency, Values> statedBy(int value) {
    Map<Dependency, Values> needs = new LinkedHashMap<>();
    for (Dependency dependency : newestFirst.get(value - 1).dependencies()) {
      Dependency said = said(dependency);
      needs.put(said, Values.of(stated.getOrDefault(said, new BitSet()), size()));
    }
    return needs;
  }

  /** The versions that answer a range: not the revoked, and the yanked only by exact name. */
  Values answers(VersionRange range) {
    return answers.computeIfAbsent(range, this::answer);
  }

  private Values answer(VersionRange range) {
    boolean exact = range.exactly().isPresent();
    BitSet values = new BitSet();
    versions.matching(range).stream()
        .filter(i ->
            switch (newestFirst.get(i).status()) {
              case ACTIVE -> true;
              case YANKED -> exact;
              case REVOKED -> false;
            })
        .forEach(i -> values.set(i + 1));
    return Values.of(values, size());
  }

  /** Why no version answers a range. */
  String unanswered(VersionRange range) {
    if (newestFirst.isEmpty()) {
      return family + " is not published, or not visible to you";
    }
    BitSet matching = versions.matching(range);
    if (matching.isEmpty()) {
      return "no version of "
          + family
          + " fits (there are "
          + VersionText.some(versions.newestFirst())
          + ")";
    }
    String those = VersionText.some(versions.at(matching));
    boolean revoked =
        matching.stream().allMatch(i -> newestFirst.get(i).status() == LayerStatus.REVOKED);
    return matching.cardinality() == 1
        ? "the one version that fits, " + those + ", is " + (revoked ? "revoked" : "yanked")
        : "the versions that fit, "
            + those
            + ", are "
            + (revoked ? "revoked" : "yanked or revoked");
  }
}
