package dev.germline.core.compatibility;

import dev.germline.core.layers.FoundationLayer;
import dev.germline.core.layers.Layer;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerStatus;
import dev.germline.core.layers.LoraLayer;
import dev.germline.core.layers.Parent;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.ModelConfig;
import dev.germline.core.weights.PeftAdapter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Layers that are to work together, with all that the rules look at.
 *
 * @param members the layers, each once
 * @param ancestors layers that they descend from, by digest, as far as they may be seen
 * @param conflicts what counts of what was stated between any of them
 * @param tensors shapes by tensor name, by the digest of a member or ancestor, where they are known
 * @param configurations what their files say of themselves, by digest, where they were read
 */
public record Combination(
    List<Member> members,
    Map<Digest, Known> ancestors,
    List<Stated> conflicts,
    Map<Digest, Map<String, List<Long>>> tensors,
    Map<Digest, Configuration> configurations) {
  public Combination {
    members = List.copyOf(members);
    ancestors = Map.copyOf(ancestors);
    conflicts = List.copyOf(conflicts);
    tensors = Map.copyOf(tensors);
    configurations = Map.copyOf(configurations);
  }

  /**
   * What the files of a layer say of it.
   *
   * @param model of config.json
   * @param adapter of adapter_config.json
   * @param unreadable what could not be read, in words
   */
  public record Configuration(
      @Nullable ModelConfig model, @Nullable PeftAdapter adapter, List<String> unreadable) {
    public Configuration {
      unreadable = List.copyOf(unreadable);
    }
  }

  /**
   * A conflict that somebody states.
   *
   * @param severity from 0 (a nuisance) to 1 (unusable together)
   * @param resolution what to do about it, if anything is known
   * @param by who says so
   */
  public record Stated(
      Digest subject,
      Digest object,
      String conflictType,
      double severity,
      @Nullable String resolution,
      String by) {}

  /** A layer and how it stands. */
  public record Known(Layer layer, LayerStatus status) {}

  /**
   * A layer of the combination.
   *
   * @param path from a layer that was asked for to this one, both included
   */
  public record Member(Layer layer, Digest digest, LayerStatus status, List<LayerName> path) {
    public Member {
      path = List.copyOf(path);
    }

    public LayerName name() {
      return layer.name();
    }

    /** The path as a reason shows it. */
    List<String> shown() {
      return path.stream().map(LayerName::toString).toList();
    }
  }

  /** A layer that a member descends from, or the member itself, and the way to it. */
  record Origin(Digest digest, LayerName name, Optional<Known> known, List<String> path) {}

  List<Member> ofType(Class<? extends Layer> type) {
    return members.stream().filter(member -> type.isInstance(member.layer())).toList();
  }

  Optional<Known> known(Digest digest) {
    return members.stream()
        .filter(member -> member.digest().equals(digest))
        .map(member -> new Known(member.layer(), member.status()))
        .findFirst()
        .or(() -> Optional.ofNullable(ancestors.get(digest)));
  }

  /** A member and everything it descends from, nearest first, each once. */
  List<Origin> origins(Member member) {
    List<Origin> origins = new ArrayList<>();
    Set<Digest> seen = new HashSet<>(Set.of(member.digest()));
    origins.add(
        new Origin(
            member.digest(),
            member.name(),
            Optional.of(new Known(member.layer(), member.status())),
            member.shown()));
    for (int i = 0; i < origins.size(); i++) {
      Origin from = origins.get(i);
      if (from.known().isEmpty()) {
        continue;
      }
      for (Parent parent : from.known().get().layer().manifest().provenance().parents()) {
        if (seen.add(parent.digest())) {
          List<String> path = new ArrayList<>(from.path());
          path.add(parent.layer().toString());
          origins.add(new Origin(parent.digest(), parent.layer(), known(parent.digest()), path));
        }
      }
    }
    return origins;
  }

  /**
   * The model that an adapter was made for: the nearest origin that is no adapter itself, known by
   * digest even where it may not be seen; else a foundation layer it depends on.
   */
  Optional<Origin> base(Member adapter) {
    for (Origin origin : origins(adapter)) {
      boolean self = origin.digest().equals(adapter.digest());
      if (!self && origin.known().map(k -> !(k.layer() instanceof LoraLayer)).orElse(true)) {
        return Optional.of(origin);
      }
    }
    return adapter.layer().manifest().dependencies().stream()
        .flatMap(dependency ->
            ofType(FoundationLayer.class).stream()
                .filter(member -> member.name().family().equals(dependency.layer())))
        .map(member ->
            new Origin(member.digest(), member.name(), known(member.digest()), member.shown()))
        .findFirst();
  }
}
