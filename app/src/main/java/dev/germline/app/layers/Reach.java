package dev.germline.app.layers;

import dev.germline.app.identity.Caller;
import dev.germline.app.sql.Database;
import dev.germline.core.layers.ClaimJson;
import dev.germline.core.layers.Relationship;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What stands on a layer, directly or through others: what needs it and what descends from it, by
 * the claims that count. Asks MySQL only, so it answers while the graph is away or behind. {@code
 * /blast} weighs the same in the graph. Thread-safe.
 */
public final class Reach {
  /** Beyond, nobody follows. */
  public static final int FARTHEST = 64;

  private static final int PER_STATEMENT = 500;

  private final Database database;
  private final Records records;
  private final Layers layers;
  private final int most;

  /**
   * @param most claims that one question looks at
   */
  public Reach(Database database, Records records, Layers layers, int most) {
    this.database = database;
    this.records = records;
    this.layers = layers;
    this.most = most;
  }

  /**
   * A layer that stands on another.
   *
   * @param distance the fewest steps, from 1
   * @param required whether on some way to it no step is an optional dependency
   */
  public record Reached(LayerRow layer, int distance, boolean required) {}

  /**
   * What was found.
   *
   * @param layers the nearest first, then by name
   * @param complete false when there is more than is looked at
   */
  public record Found(List<Reached> layers, boolean complete) {}

  private record Step(int distance, boolean required) {}

  /**
   * What stands on a layer, as far as the caller sees the ways there.
   *
   * @param farthest steps at most, 1 to {@link #FARTHEST}
   */
  public Found of(Caller caller, EntityId layer, int farthest) {
    Map<EntityId, Step> found = new LinkedHashMap<>();
    Set<EntityId> frontier = new LinkedHashSet<>(Set.of(layer));
    found.put(layer, new Step(0, true));
    boolean complete = true;
    int left = most;
    for (int distance = 1; distance <= farthest && !frontier.isEmpty(); distance++) {
      List<ReachRows.Row> claims = new ArrayList<>();
      for (List<EntityId> part : parts(List.copyOf(frontier))) {
        int room = left + 1 - claims.size();
        claims.addAll(database.read(connection -> ReachRows.on(connection, part, room, caller)));
        if (claims.size() > left) {
          claims = new ArrayList<>(claims.subList(0, left));
          complete = false;
          break;
        }
      }
      left -= claims.size();
      frontier = grow(found, claims, distance);
      complete &= distance < farthest || farthest < FARTHEST || frontier.isEmpty();
    }
    found.remove(layer);
    return new Found(rows(caller, found), complete);
  }

  /** Takes the claims in; the layers from which it goes on. */
  private Set<EntityId> grow(Map<EntityId, Step> found, List<ReachRows.Row> claims, int distance) {
    Map<Digest, byte[]> contents =
        records.read(
            claims.stream()
                .filter(claim -> claim.kind() == Relationship.Kind.DEPENDS_ON)
                .map(ReachRows.Row::claim)
                .distinct()
                .toList());
    Set<EntityId> next = new LinkedHashSet<>();
    Map<EntityId, Step> before = new HashMap<>(found);
    for (ReachRows.Row claim : claims) {
      Step from = before.get(claim.object());
      boolean required = from != null && from.required() && required(contents.get(claim.claim()));
      Step known = found.get(claim.subject());
      if (known == null) {
        found.put(claim.subject(), new Step(distance, required));
        next.add(claim.subject());
      } else if (required && !known.required()) {
        // Once more from here: what was optional so far may be required by this way.
        found.put(claim.subject(), new Step(known.distance(), true));
        next.add(claim.subject());
      }
    }
    return next;
  }

  /** A descent, which has no record here, is never optional. */
  private static boolean required(byte @Nullable [] record) {
    return record == null
        || !(ClaimJson.parseStored(record) instanceof Relationship.DependsOn needs)
        || needs.required();
  }

  private List<Reached> rows(Caller caller, Map<EntityId, Step> found) {
    List<Reached> reached = new ArrayList<>();
    for (List<EntityId> part : parts(List.copyOf(found.keySet()))) {
      layers
          .rowsById(caller, part)
          .forEach((id, row) -> {
            Step step = found.get(id);
            if (step != null) {
              reached.add(new Reached(row, step.distance(), step.required()));
            }
          });
    }
    reached.sort(
        Comparator.comparingInt(Reached::distance)
            .thenComparing(one -> one.layer().name().toString()));
    return List.copyOf(reached);
  }

  private static List<List<EntityId>> parts(List<EntityId> all) {
    List<List<EntityId>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += PER_STATEMENT) {
      parts.add(all.subList(from, Math.min(all.size(), from + PER_STATEMENT)));
    }
    return parts;
  }
}
