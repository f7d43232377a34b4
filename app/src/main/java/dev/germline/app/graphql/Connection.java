package dev.germline.app.graphql;

import graphql.schema.GraphQLCodeRegistry;
import java.util.List;
import java.util.function.Function;

/**
 * One page as Relay wants it.
 *
 * @param place what the cursor of an entry stands for
 * @param next whether there are more after it
 * @param previous whether it is not the first
 */
record Connection<T>(List<T> nodes, Function<T, String> place, boolean next, boolean previous) {
  /** An entry with its cursor. */
  record Edge(Object node, String cursor) {}

  /** What is known of the page. */
  record PageInfo(boolean next, boolean previous, List<Edge> edges) {}

  List<Edge> edges() {
    return nodes.stream().map(this::edge).toList();
  }

  private Edge edge(T node) {
    return new Edge(node, Slice.encode(place.apply(node)));
  }

  PageInfo info() {
    return new PageInfo(next, previous, edges());
  }

  /** The fields of {@code PageInfo}. */
  static void pageInfo(GraphQLCodeRegistry.Builder code) {
    FieldsOf.type(code, "PageInfo", PageInfo.class)
        .value("hasNextPage", PageInfo::next)
        .value("hasPreviousPage", PageInfo::previous)
        .value(
            "startCursor", info -> info.edges().isEmpty() ? null : info.edges().getFirst().cursor())
        .value(
            "endCursor", info -> info.edges().isEmpty() ? null : info.edges().getLast().cursor());
  }

  /** The fields of {@code NameConnection} and {@code NameEdge}. */
  static void wire(GraphQLCodeRegistry.Builder code, String name) {
    page(code, name);
    FieldsOf.type(code, name + "Edge", Edge.class)
        .value("node", Edge::node)
        .value("cursor", Edge::cursor);
  }

  /** The fields of {@code NameConnection} alone. */
  static void page(GraphQLCodeRegistry.Builder code, String name) {
    FieldsOf.type(code, name + "Connection", Connection.class)
        .value("edges", page -> page.edges())
        .value("nodes", page -> page.nodes())
        .value("pageInfo", page -> page.info());
  }
}
