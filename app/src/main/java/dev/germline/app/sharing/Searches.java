package dev.germline.app.sharing;

import dev.germline.app.identity.Caller;
import dev.germline.core.retrieval.RankFusion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Searches here and, if they are to go farther, at the peers. Thread-safe. */
public final class Searches {
  private final Discovery discovery;
  private final Peers peers;

  public Searches(Discovery discovery, Peers peers) {
    this.discovery = discovery;
    this.peers = peers;
  }

  /**
   * What was found.
   *
   * @param layers best first; a layer that several registries have is named once for each
   * @param complete false while layers that were just published here are still being taken in
   * @param peers how each peer that was asked answered
   */
  public record Result(List<FoundLayer> layers, boolean complete, List<Peers.Answer> peers) {}

  /** A layer of a registry; the order breaks ties. */
  private record Place(String origin, String name) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byOrigin = origin.compareTo(other.origin);
      return byOrigin != 0 ? byOrigin : name.compareTo(other.name);
    }
  }

  /** Searches. Rankings of several registries are fused by rank, as those of one are. */
  public Result find(Caller caller, LayerQuery query, Scope scope) {
    Discovery.Found here = discovery.find(caller, query);
    if (scope == Scope.LOCAL) {
      return new Result(here.layers(), here.complete(), List.of());
    }
    List<Peers.Answer> answers = peers.find(query, scope);
    Map<Place, FoundLayer> all = new HashMap<>();
    List<List<Place>> rankings = new ArrayList<>();
    rankings.add(ranking(here.layers(), all));
    answers.forEach(answer -> rankings.add(ranking(answer.layers(), all)));
    List<FoundLayer> best =
        RankFusion.fuse(rankings).stream()
            .limit(query.limit())
            .map(one -> found(all, one))
            .toList();
    return new Result(best, here.complete(), answers);
  }

  private static FoundLayer found(Map<Place, FoundLayer> all, RankFusion.Fused<Place> one) {
    FoundLayer layer = all.get(one.id());
    if (layer == null) {
      throw new IllegalStateException(one.id() + " was ranked and is not there");
    }
    return layer.scored(one.score());
  }

  private static List<Place> ranking(List<FoundLayer> layers, Map<Place, FoundLayer> all) {
    List<Place> ranking = new ArrayList<>();
    for (FoundLayer layer : layers) {
      Place place = new Place(layer.origin(), layer.name().toString());
      if (all.putIfAbsent(place, layer) == null) {
        ranking.add(place);
      }
    }
    return ranking;
  }
}
