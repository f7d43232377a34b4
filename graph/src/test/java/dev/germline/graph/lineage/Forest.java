package dev.germline.graph.lineage;

import dev.germline.core.layers.Layer;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerRef;
import dev.germline.core.layers.LoraLayer;
import dev.germline.core.layers.Manifest;
import dev.germline.core.layers.Provenance;
import dev.germline.core.layers.Relationship;
import dev.germline.core.layers.Sharing;
import dev.germline.core.substrate.Entity;
import dev.germline.graph.Facts;
import dev.germline.graph.MemoryLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Random layers and claims, and what the questions about them should answer. */
final class Forest {
  static final List<String> PEOPLE = List.of("ada", "bob", "eve");

  private static final Instant BEGIN = Instant.parse("2025-01-01T00:00:00Z");

  private final Map<LayerName, Layer> layers = new TreeMap<>();
  private final List<Relationship> claims = new ArrayList<>();

  Forest(long seed, int size) {
    Random random = new Random(seed);
    List<Layer> made = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Layer layer = layer("ns" + random.nextInt(4) + "/l" + i + "@1.0.0", moment(random), random);
      for (int p = random.nextInt(4); p > 0 && !made.isEmpty(); p--) {
        Layer parent = made.get(Math.max(0, made.size() - 1 - random.nextInt(12)));
        claims.add(
            new Relationship.EvolvedFrom(
                LayerRef.to(layer),
                LayerRef.to(parent),
                "ada",
                moment(random),
                "finetune",
                random.nextInt(1, 11) / 10.0,
                new TreeMap<>()));
      }
      made.add(layer);
      layers.put(layer.name(), layer);
    }
    for (int i = 0; i < size; i++) {
      Layer from = made.get(random.nextInt(size));
      Layer to = made.get(random.nextInt(size));
      if (!from.equals(to)) {
        claims.add(
            new Relationship.DependsOn(
                LayerRef.to(from),
                LayerRef.to(to),
                "bob",
                moment(random),
                "runtime",
                random.nextInt(11) / 10.0,
                random.nextBoolean()));
      }
    }
  }

  private static Layer layer(String name, Instant at, Random random) {
    Sharing.Visibility visibility =
        switch (random.nextInt(6)) {
          case 0 -> Sharing.Visibility.PRIVATE;
          case 1 -> Sharing.Visibility.WHITELIST;
          case 2 -> Sharing.Visibility.ORGANIZATION;
          default -> Sharing.Visibility.PUBLIC;
        };
    List<String> allowed = visibility == Sharing.Visibility.WHITELIST ? List.of("eve") : List.of();
    return new LoraLayer(
        new Manifest(
            LayerName.parse(name),
            null,
            List.of(),
            List.of(),
            new Provenance(
                PEOPLE.get(random.nextInt(2)),
                at,
                Provenance.Method.TRAINING,
                List.of(),
                List.of()),
            new Sharing(visibility, allowed, null),
            null,
            List.of(),
            List.of(),
            List.of()),
        new LoraLayer.LoraConfig(8, 16, List.of("q_proj"), 0.1),
        null,
        null);
  }

  Instant moment(Random random) {
    return BEGIN.plus(Duration.ofHours(random.nextInt(365 * 24)));
  }

  List<LayerName> names() {
    return List.copyOf(layers.keySet());
  }

  void publish(MemoryLedger ledger) {
    List<Entity> all = new ArrayList<>();
    layers.values().forEach(layer -> all.addAll(Facts.entities(ledger, layer)));
    claims.forEach(claim -> all.addAll(Facts.entities(ledger, claim)));
    ledger.put(all);
  }

  /** The part that a viewer sees. */
  Seen seen(Viewer viewer) {
    Instant asOf = viewer.asOf();
    Set<LayerName> names = new TreeSet<>();
    layers.forEach((name, layer) -> {
      Sharing sharing = layer.manifest().sharing();
      Provenance provenance = layer.manifest().provenance();
      boolean may =
          viewer.admin()
              || sharing.visibility() == Sharing.Visibility.PUBLIC
              || sharing.visibility() == Sharing.Visibility.ORGANIZATION
              || provenance.creator().equals(viewer.principal())
              || sharing.allowedUsers().contains(viewer.principal());
      if (may && !late(provenance.createdAt(), asOf)) {
        names.add(name);
      }
    });
    List<Relationship> drawn = new ArrayList<>();
    for (Relationship claim : claims) {
      if (names.contains(claim.subject().layer())
          && names.contains(claim.object().layer())
          && !late(claim.assertedAt(), asOf)) {
        drawn.add(claim);
      }
    }
    return new Seen(names, drawn);
  }

  private static boolean late(Instant at, @Nullable Instant asOf) {
    return asOf != null && at.isAfter(asOf);
  }

  /** Layers and claims, and plain loops over them. */
  record Seen(Set<LayerName> layers, List<Relationship> claims) {
    boolean has(LayerName layer) {
      return layers.contains(layer);
    }

    List<LayerName> names() {
      return List.copyOf(layers);
    }

    private List<List<LayerName>> evolved() {
      return claims.stream()
          .filter(Relationship.EvolvedFrom.class::isInstance)
          .map(claim -> List.of(claim.subject().layer(), claim.object().layer()))
          .toList();
    }

    Map<LayerName, Integer> reachedWithSelf(LayerName layer, boolean up) {
      Map<LayerName, Integer> reached = reached(layer, Integer.MAX_VALUE, up);
      reached.put(layer, 0);
      return reached;
    }

    Map<LayerName, Integer> reached(LayerName layer, int depth, boolean up) {
      Map<LayerName, Integer> reached = new TreeMap<>(Map.of(layer, 0));
      boolean more = true;
      for (int d = 1; d <= depth && more; d++) {
        more = false;
        for (List<LayerName> arrow : evolved()) {
          LayerName from = arrow.get(up ? 0 : 1);
          LayerName to = arrow.get(up ? 1 : 0);
          if (Integer.valueOf(d - 1).equals(reached.get(from)) && !reached.containsKey(to)) {
            reached.put(to, d);
            more = true;
          }
        }
      }
      reached.remove(layer);
      return reached;
    }

    Set<List<LayerName>> arrows(LayerName layer, int depth, boolean up) {
      Map<LayerName, Integer> reached = reached(layer, depth, up);
      reached.put(layer, 0);
      Set<List<LayerName>> arrows = new HashSet<>();
      for (List<LayerName> arrow : evolved()) {
        if (reached.getOrDefault(arrow.get(up ? 0 : 1), depth) < depth) {
          arrows.add(arrow);
        }
      }
      return arrows;
    }

    Map<LayerName, Set<LayerName>> siblings(LayerName layer) {
      Map<LayerName, Set<LayerName>> siblings = new TreeMap<>();
      for (List<LayerName> mine : evolved()) {
        for (List<LayerName> other : evolved()) {
          if (mine.get(0).equals(layer)
              && !other.get(0).equals(layer)
              && mine.get(1).equals(other.get(1))) {
            siblings.computeIfAbsent(other.get(0), l -> new HashSet<>()).add(mine.get(1));
          }
        }
      }
      return siblings;
    }

    Set<LayerName> nearest(Set<LayerName> common) {
      Set<LayerName> nearest = new HashSet<>(common);
      for (List<LayerName> arrow : evolved()) {
        if (common.contains(arrow.get(0))) {
          nearest.remove(arrow.get(1));
        }
      }
      return nearest;
    }

    @Nullable Integer distance(LayerName a, LayerName b) {
      Map<LayerName, Integer> reached = new HashMap<>(Map.of(a, 0));
      for (int d = 1; d <= layers.size(); d++) {
        for (Relationship claim : claims) {
          step(reached, claim.subject().layer(), claim.object().layer(), d);
          step(reached, claim.object().layer(), claim.subject().layer(), d);
        }
      }
      return reached.get(b);
    }

    private static void step(Map<LayerName, Integer> reached, LayerName from, LayerName to, int d) {
      if (Integer.valueOf(d - 1).equals(reached.get(from))) {
        reached.putIfAbsent(to, d);
      }
    }

    /** The best product of strengths to each layer that is hit. */
    Map<LayerName, Double> impact(LayerName layer, boolean requiredOnly) {
      Map<LayerName, Double> impact = new TreeMap<>(Map.of(layer, 1.0));
      boolean changed = true;
      while (changed) {
        changed = false;
        for (Relationship claim : claims) {
          Double before = impact.get(claim.object().layer());
          boolean taken =
              !requiredOnly
                  || !(claim instanceof Relationship.DependsOn depends)
                  || depends.required();
          if (before != null && taken) {
            double strength =
                switch (claim) {
                  case Relationship.EvolvedFrom evolved -> evolved.confidence();
                  case Relationship.DependsOn depends -> depends.strength();
                  case Relationship.SynergizesWith _, Relationship.ConflictsWith _ ->
                      throw new IllegalStateException("not made here");
                };
            double product = before * strength;
            if (impact.getOrDefault(claim.subject().layer(), -1.0) < product) {
              impact.put(claim.subject().layer(), product);
              changed = true;
            }
          }
        }
      }
      impact.remove(layer);
      return impact;
    }

    List<LayerName> deadEnds() {
      Set<LayerName> needed = new HashSet<>();
      claims.forEach(claim -> needed.add(claim.object().layer()));
      return layers.stream()
          .filter(layer -> !needed.contains(layer))
          .sorted((a, b) -> a.toString().compareTo(b.toString()))
          .toList();
    }
  }
}
