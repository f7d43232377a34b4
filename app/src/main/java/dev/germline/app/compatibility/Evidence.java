package dev.germline.app.compatibility;

import dev.germline.app.identity.Caller;
import dev.germline.app.layers.LayerBytes;
import dev.germline.app.layers.LayerSets;
import dev.germline.app.layers.LayerSets.Entry;
import dev.germline.app.layers.Tensors;
import dev.germline.core.compatibility.Combination;
import dev.germline.core.compatibility.Combination.Known;
import dev.germline.core.compatibility.Combination.Member;
import dev.germline.core.layers.FoundationLayer;
import dev.germline.core.layers.Layer;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LoraLayer;
import dev.germline.core.layers.Parent;
import dev.germline.core.layers.Relationship;
import dev.germline.core.substrate.Digest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gathers what the rules look at: what layers descend from, what was stated between them, the
 * shapes of their tensors, their configuration files; as far as a caller may see it. Thread-safe.
 */
public final class Evidence {
  /** Ancestors beyond are taken for unknown. */
  private static final int MOST_ANCESTORS = 2_000;

  /** Layers whose tensors are looked at. */
  private static final int MOST_SHAPES = 32;

  /** Layers whose configuration files are read. */
  private static final int MOST_CONFIGURATIONS = 256;

  private final LayerSets layers;
  private final Tensors tensors;
  private final Configurations configurations;

  public Evidence(LayerSets layers, Tensors tensors, LayerBytes bytes) {
    this.layers = layers;
    this.tensors = tensors;
    this.configurations = new Configurations(bytes);
  }

  /** The combination of these layers. */
  Combination of(Caller caller, List<Member> members) {
    Map<Digest, Known> ancestors = ancestors(caller, members);
    return new Combination(
        members,
        ancestors,
        conflicts(members),
        shapes(caller, members, ancestors),
        configurations(caller, members, ancestors));
  }

  /** A layer with what it descends from, and nothing else. */
  Combination descent(Caller caller, Member member) {
    return new Combination(
        List.of(member), ancestors(caller, List.of(member)), List.of(), Map.of(), Map.of());
  }

  private Map<Digest, Known> ancestors(Caller caller, List<Member> members) {
    Map<Digest, Known> found = new HashMap<>();
    Set<Digest> seen = new HashSet<>();
    members.forEach(member -> seen.add(member.digest()));
    Set<Digest> wave = new LinkedHashSet<>();
    members.forEach(member -> wave.addAll(parents(member.layer())));
    while (true) {
      wave.removeAll(seen);
      if (wave.isEmpty() || found.size() + wave.size() > MOST_ANCESTORS) {
        return found;
      }
      seen.addAll(wave);
      Map<Digest, Entry> entries = layers.pinned(caller, wave);
      wave.clear();
      entries.forEach((digest, entry) -> {
        found.put(digest, new Known(entry.layer(), entry.row().status()));
        wave.addAll(parents(entry.layer()));
      });
    }
  }

  private static List<Digest> parents(Layer layer) {
    return layer.manifest().provenance().parents().stream().map(Parent::digest).toList();
  }

  private List<Combination.Stated> conflicts(List<Member> members) {
    List<Combination.Stated> stated = new ArrayList<>();
    List<Digest> present = members.stream().map(Member::digest).toList();
    for (Relationship claim : layers.relations(Relationship.Kind.CONFLICTS_WITH, present)) {
      if (claim instanceof Relationship.ConflictsWith conflict) {
        stated.add(
            new Combination.Stated(
                conflict.subject().digest(),
                conflict.object().digest(),
                conflict.conflictType(),
                conflict.severity(),
                conflict.resolution(),
                conflict.assertedBy()));
      }
    }
    return stated;
  }

  /** Of all models and adapters, and of the models that they descend from. */
  private Map<Digest, Combination.Configuration> configurations(
      Caller caller, List<Member> members, Map<Digest, Known> ancestors) {
    Map<Digest, Layer> wanted = new LinkedHashMap<>();
    members.stream()
        .filter(one -> one.layer() instanceof FoundationLayer || one.layer() instanceof LoraLayer)
        .forEach(one -> wanted.put(one.digest(), one.layer()));
    ancestors.entrySet().stream()
        .filter(one -> one.getValue().layer() instanceof FoundationLayer)
        .sorted(Comparator.comparing(one -> one.getValue().layer().name()))
        .forEach(one -> wanted.putIfAbsent(one.getKey(), one.getValue().layer()));
    Map<Digest, Combination.Configuration> found = new HashMap<>();
    wanted.entrySet().stream()
        .limit(MOST_CONFIGURATIONS)
        .forEach(one ->
            configurations
                .of(caller, one.getValue())
                .ifPresent(said -> found.put(one.getKey(), said)));
    return found;
  }

  /** Of adapters and what they were made for, and of models when there are several. */
  private Map<Digest, Map<String, List<Long>>> shapes(
      Caller caller, List<Member> members, Map<Digest, Known> ancestors) {
    Map<Digest, LayerName> wanted = new HashMap<>();
    List<Member> models =
        members.stream().filter(member -> member.layer() instanceof FoundationLayer).toList();
    List<Member> adapters =
        members.stream().filter(member -> member.layer() instanceof LoraLayer).toList();
    if (models.size() > 1 || !adapters.isEmpty()) {
      models.forEach(member -> wanted.put(member.digest(), member.name()));
    }
    adapters.forEach(member -> wanted.put(member.digest(), member.name()));
    if (!adapters.isEmpty()) {
      ancestors.forEach((digest, known) -> {
        if (known.layer() instanceof FoundationLayer) {
          wanted.put(digest, known.layer().name());
        }
      });
    }
    Map<Digest, Map<String, List<Long>>> shapes = new HashMap<>();
    wanted.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .limit(MOST_SHAPES)
        .forEach(entry -> {
          Map<String, List<Long>> known = tensors.shapes(caller, entry.getValue());
          if (!known.isEmpty()) {
            shapes.put(entry.getKey(), known);
          }
        });
    return shapes;
  }
}
