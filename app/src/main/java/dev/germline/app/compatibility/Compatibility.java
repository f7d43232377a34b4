package dev.germline.app.compatibility;

import dev.germline.app.identity.Caller;
import dev.germline.app.layers.LayerDetail;
import dev.germline.app.layers.LayerRow;
import dev.germline.app.layers.LayerSets;
import dev.germline.app.layers.LayerSets.Entry;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.compatibility.Combination.Member;
import dev.germline.core.compatibility.Gate;
import dev.germline.core.compatibility.Limits;
import dev.germline.core.compatibility.Policy;
import dev.germline.core.compatibility.Verdict;
import dev.germline.core.compatibility.resolve.Requirement;
import dev.germline.core.compatibility.resolve.Resolution;
import dev.germline.core.compatibility.resolve.Resolver;
import dev.germline.core.layers.LayerName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What goes together, as a caller may see the registry: a layer that it may not see is not there,
 * and no answer tells otherwise. Thread-safe.
 */
public final class Compatibility {
  /** So many layers one question may ask for. */
  static final int MOST_ASKED = 256;

  private final LayerSets layers;
  private final Evidence evidence;
  private final int mostVersions;

  /**
   * @param mostVersions versions that one question may have looked at
   */
  public Compatibility(LayerSets layers, Evidence evidence, int mostVersions) {
    this.layers = layers;
    this.evidence = evidence;
    this.mostVersions = mostVersions;
  }

  /**
   * What the gate says.
   *
   * @param members the layers it is about: all that were resolved, or, where that was impossible,
   *     the newest of each that was asked for
   * @param rows their rows of the registry
   */
  public record Judged(Verdict verdict, List<Member> members, List<LayerRow> rows) {}

  /** What a resolution gave, with the layers that were chosen; none without an answer. */
  public record Resolved(Resolution resolution, List<Member> members) {}

  /**
   * The versions that go together.
   *
   * @throws GermlineException LAYER_NOT_FOUND for a layer that is asked for, INVALID_REQUEST,
   *     LIMIT_EXCEEDED
   */
  public Resolved resolve(Caller caller, List<Requirement> asked) {
    KnownUniverse universe = universe(caller, asked);
    Resolution resolution = new Resolver(universe).resolve(asked);
    return new Resolved(resolution, members(universe, resolution));
  }

  /**
   * Whether these layers, with all that they need, may be combined.
   *
   * @throws GermlineException as {@link #resolve}
   */
  public Judged check(Caller caller, List<Requirement> asked, Policy policy, Limits limits) {
    KnownUniverse universe = universe(caller, asked);
    Resolution resolution = new Resolver(universe).resolve(asked);
    List<Member> members =
        switch (resolution) {
          case Resolution.Resolved resolved -> members(universe, resolved);
          case Resolution.Unsatisfiable _ -> newest(universe, asked);
        };
    return new Judged(
        Gate.judge(evidence.of(caller, members), resolution, policy, limits),
        members,
        members.stream()
            .flatMap(member -> universe.entry(member.name()).stream())
            .map(Entry::row)
            .toList());
  }

  /** What the licences of one layer and of all that it descends from come to. */
  public Gate.Licensing licensing(Caller caller, LayerDetail layer, Policy policy) {
    Member member =
        new Member(
            layer.layer(), layer.row().digest(), layer.row().status(), List.of(layer.row().name()));
    return Gate.licensing(evidence.descent(caller, member), policy);
  }

  private KnownUniverse universe(Caller caller, List<Requirement> asked) {
    if (asked.isEmpty() || asked.size() > MOST_ASKED) {
      throw new GermlineException(
          Fault.INVALID_REQUEST,
          "layers has %d entries; give 1 to %d".formatted(asked.size(), MOST_ASKED));
    }
    KnownUniverse universe = KnownUniverse.load(layers, caller, asked, mostVersions);
    for (Requirement requirement : asked) {
      if (fitting(universe, requirement).isEmpty()
          && (requirement.versions().exactly().isPresent()
              || universe.entries(requirement.layer()).isEmpty())) {
        throw new GermlineException(Fault.LAYER_NOT_FOUND, "there is no layer " + requirement);
      }
    }
    return universe;
  }

  private static List<Entry> fitting(KnownUniverse universe, Requirement requirement) {
    return universe.entries(requirement.layer()).stream()
        .filter(entry -> requirement.versions().includes(entry.row().name().version()))
        .toList();
  }

  private static List<Member> members(KnownUniverse universe, Resolution resolution) {
    List<Member> members = new ArrayList<>();
    if (resolution instanceof Resolution.Resolved resolved) {
      for (Resolution.Chosen chosen : resolved.layers()) {
        universe
            .entry(chosen.layer())
            .ifPresent(entry -> members.add(member(entry, chosen.path())));
      }
    }
    return members;
  }

  private static List<Member> newest(KnownUniverse universe, List<Requirement> asked) {
    List<Member> members = new ArrayList<>();
    for (Requirement requirement : asked) {
      fitting(universe, requirement).stream()
          .max(Comparator.comparing(entry -> entry.row().name().version()))
          .map(entry -> member(entry, List.of(entry.row().name())))
          .filter(member -> members.stream().noneMatch(m -> m.digest().equals(member.digest())))
          .ifPresent(members::add);
    }
    return members;
  }

  private static Member member(Entry entry, List<LayerName> path) {
    return new Member(entry.layer(), entry.row().digest(), entry.row().status(), path);
  }
}
