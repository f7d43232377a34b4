package dev.germline.graph.lineage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * How hard each node of a graph of arrows is hit when one goes away. As strengths are from 0 to 1,
 * a path never gains by growing longer, so the best product is found as the shortest path is
 * (Dijkstra). Not thread-safe.
 */
final class Impact {
  private final Map<Long, Integer> places = new HashMap<>();
  private final List<Long> nodes = new ArrayList<>();
  private final List<List<Arrow>> arrows = new ArrayList<>();

  private record Arrow(int to, double strength, boolean required) {}

  private record Reached(int place, double impact, int steps) {}

  /** A node that is hit; see {@link BlastRadius.Hit}. */
  record Hit(long node, double impact, int steps, boolean required) {}

  /** Adds an arrow along which the loss spreads. */
  void add(long from, long to, double strength, boolean required) {
    int target = place(to);
    arrows.get(place(from)).add(new Arrow(target, strength, required));
  }

  /** What the loss of a node hits: by impact, required first, then nearest, then by number. */
  List<Hit> of(long node) {
    int root = place(node);
    Reached[] best = best(root);
    BitSet required = required(root);
    List<Hit> hits = new ArrayList<>();
    for (Reached one : best) {
      if (one != null && one.place() != root) {
        hits.add(
            new Hit(nodes.get(one.place()), one.impact(), one.steps(), required.get(one.place())));
      }
    }
    hits.sort(
        Comparator.comparingDouble(Hit::impact)
            .reversed()
            .thenComparing(hit -> !hit.required())
            .thenComparingInt(Hit::steps)
            .thenComparingLong(Hit::node));
    return hits;
  }

  private Reached[] best(int root) {
    Reached[] settled = new Reached[nodes.size()];
    PriorityQueue<Reached> open =
        new PriorityQueue<>(
            Comparator.comparingDouble(Reached::impact)
                .reversed()
                .thenComparingInt(Reached::steps));
    open.add(new Reached(root, 1, 0));
    for (Reached next = open.poll(); next != null; next = open.poll()) {
      if (settled[next.place()] == null) {
        settled[next.place()] = next;
        for (Arrow arrow : arrows.get(next.place())) {
          if (settled[arrow.to()] == null) {
            open.add(new Reached(arrow.to(), next.impact() * arrow.strength(), next.steps() + 1));
          }
        }
      }
    }
    return settled;
  }

  private BitSet required(int root) {
    BitSet reached = new BitSet(nodes.size());
    Deque<Integer> open = new ArrayDeque<>(List.of(root));
    reached.set(root);
    for (Integer next = open.poll(); next != null; next = open.poll()) {
      for (Arrow arrow : arrows.get(next)) {
        if (arrow.required() && !reached.get(arrow.to())) {
          reached.set(arrow.to());
          open.add(arrow.to());
        }
      }
    }
    return reached;
  }

  private int place(long node) {
    return places.computeIfAbsent(
        node,
        fresh -> {
          nodes.add(fresh);
          arrows.add(new ArrayList<>());
          return nodes.size() - 1;
        });
  }
}
