package dev.germline.core.assembly;

import dev.germline.core.GermlineException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether connections make a graph that can be run. */
public final class Wiring {
  private Wiring() {}

  /**
   * Checks parts, connections and recipe: every end is a part, nothing is connected to itself or
   * twice, no circle, all in one piece, the order holds, a merge has two inputs, a skip skips.
   *
   * @throws GermlineException INVALID_ASSEMBLY naming what is wrong
   */
  public static void check(List<Part> parts, List<Connection> connections, @Nullable Recipe merge) {
    if (parts.isEmpty()) {
      throw Fields.invalid("layers is empty; name at least one");
    }
    Map<String, Integer> places = places(parts);
    ends(connections, places);
    acyclic(places, connections);
    order(places, connections);
    inOnePiece(parts, connections);
    merges(connections);
    skips(connections);
    if (merge != null) {
      recipe(parts, merge, places);
    }
  }

  private static Map<String, Integer> places(List<Part> parts) {
    Map<String, Integer> places = new LinkedHashMap<>();
    Set<Object> layers = new HashSet<>();
    for (Part part : parts) {
      if (places.putIfAbsent(part.id(), places.size()) != null) {
        throw Fields.invalid("two layers have the id " + part.id() + "; give each its own");
      }
      if (!layers.add(part.layer().layer())) {
        throw Fields.invalid("layers names " + part.layer().layer() + " twice; name it once");
      }
    }
    return places;
  }

  private static void ends(List<Connection> connections, Map<String, Integer> places) {
    Set<List<String>> seen = new HashSet<>();
    for (Connection connection : connections) {
      for (String end : List.of(connection.from(), connection.to())) {
        if (!places.containsKey(end)) {
          throw Fields.invalid(
              show(connection)
                  + ": there is no layer "
                  + end
                  + "; there are "
                  + String.join(", ", places.keySet()));
        }
      }
      if (connection.from().equals(connection.to())) {
        throw Fields.invalid(show(connection) + " leads to itself");
      }
      if (!seen.add(List.of(connection.from(), connection.to()))) {
        throw Fields.invalid(show(connection) + ": these two are connected twice; once is enough");
      }
    }
  }

  private static void acyclic(Map<String, Integer> places, List<Connection> connections) {
    Map<String, Integer> inputs = new HashMap<>();
    places.keySet().forEach(id -> inputs.put(id, 0));
    connections.forEach(c -> inputs.merge(c.to(), 1, Integer::sum));
    Deque<String> free = new ArrayDeque<>();
    inputs.forEach((id, count) -> {
      if (count == 0) {
        free.add(id);
      }
    });
    int done = 0;
    while (!free.isEmpty()) {
      String id = free.poll();
      done++;
      for (Connection connection : connections) {
        if (connection.from().equals(id) && inputs.merge(connection.to(), -1, Integer::sum) == 0) {
          free.add(connection.to());
        }
      }
    }
    if (done < places.size()) {
      List<String> circle = new ArrayList<>();
      inputs.forEach((id, count) -> {
        if (count > 0) {
          circle.add(id);
        }
      });
      throw Fields.invalid(
          "the connections go in a circle among "
              + String.join(", ", circle.stream().sorted().toList())
              + "; take one out");
    }
  }

  private static void order(Map<String, Integer> places, List<Connection> connections) {
    for (Connection connection : connections) {
      boolean ordered =
          switch (connection.type()) {
            case SEQUENTIAL, SKIP, MERGE -> true;
            case PARALLEL -> false;
          };
      if (ordered
          && places.getOrDefault(connection.from(), 0) > places.getOrDefault(connection.to(), 0)) {
        throw Fields.invalid(
            show(connection)
                + " goes against the order of the layers; put "
                + connection.from()
                + " first");
      }
    }
  }

  private static void inOnePiece(List<Part> parts, List<Connection> connections) {
    Set<String> reached = new HashSet<>(Set.of(parts.getFirst().id()));
    boolean grew = true;
    while (grew) {
      grew = false;
      for (Connection connection : connections) {
        if (reached.contains(connection.from()) != reached.contains(connection.to())) {
          reached.add(connection.from());
          reached.add(connection.to());
          grew = true;
        }
      }
    }
    for (Part part : parts) {
      if (!reached.contains(part.id())) {
        throw Fields.invalid(
            part.id()
                + " is not connected with "
                + parts.getFirst().id()
                + "; connect it or leave it out");
      }
    }
  }

  private static void merges(List<Connection> connections) {
    Map<String, Integer> inputs = new HashMap<>();
    for (Connection connection : connections) {
      if (connection.type() == Connection.Type.MERGE) {
        inputs.merge(connection.to(), 1, Integer::sum);
      }
    }
    inputs.forEach((id, count) -> {
      if (count < 2) {
        throw Fields.invalid(
            id + " merges one input only; give it two or more, or connect it sequentially");
      }
    });
  }

  private static void skips(List<Connection> connections) {
    for (Connection skip : connections) {
      if (skip.type() == Connection.Type.SKIP && !reaches(skip, connections)) {
        throw Fields.invalid(
            show(skip) + " skips nothing: no other way leads there; connect them sequentially");
      }
    }
  }

  private static boolean reaches(Connection skip, List<Connection> connections) {
    Set<String> reached = new HashSet<>(Set.of(skip.from()));
    Deque<String> open = new ArrayDeque<>(reached);
    while (!open.isEmpty()) {
      String id = open.poll();
      for (Connection connection : connections) {
        if (connection.from().equals(id)
            && !connection.equals(skip)
            && reached.add(connection.to())) {
          open.add(connection.to());
        }
      }
    }
    return reached.contains(skip.to());
  }

  private static void recipe(List<Part> parts, Recipe merge, Map<String, Integer> places) {
    if (merge.base() != null && !places.containsKey(merge.base())) {
      throw Fields.invalid("merge.base is " + merge.base() + ", which is none of the layers");
    }
    for (String id : merge.partParameters().keySet()) {
      if (!places.containsKey(id)) {
        throw Fields.invalid("merge.partParameters names " + id + ", which is none of the layers");
      }
    }
    if (merge.method().equals("slerp") && parts.size() != 2) {
      throw Fields.invalid("slerp merges exactly two layers, and there are " + parts.size());
    }
  }

  private static String show(Connection connection) {
    return "the connection " + connection.from() + " -> " + connection.to();
  }
}
