package dev.germline.app.lineage;

import dev.germline.graph.lineage.LayerNode;
import dev.germline.graph.lineage.LayerRelation;
import java.util.stream.Stream;

/** Graphviz DOT: children point up to what they evolved from. */
final class DotExport {
  private DotExport() {}

  static Stream<String> parts(Relatives lineage) {
    return Stream.of(
            Stream.of("digraph lineage {\n  rankdir=BT;\n  node [shape=box];\n"),
            ExportFormat.layers(lineage).map(node -> node(lineage, node)),
            lineage.edges().stream().map(DotExport::edge),
            Stream.of("}\n"))
        .flatMap(part -> part);
  }

  private static String node(Relatives lineage, LayerNode node) {
    String status = lineage.status(node);
    boolean flagged = !status.equals(Registered.ACTIVE);
    String label = node.name() + "\n" + node.type() + (flagged ? "\n" + status : "");
    return "  %s [label=%s%s];\n"
        .formatted(quoted(node.name().toString()), quoted(label), flagged ? ", color=\"red\"" : "");
  }

  private static String edge(LayerRelation edge) {
    Object how = edge.properties().get("evolutionType");
    return "  %s -> %s [label=%s];\n"
        .formatted(
            quoted(edge.from().toString()),
            quoted(edge.to().toString()),
            quoted(how == null ? edge.type().name() : how.toString()));
  }

  /**
   * A quoted string, in which DOT knows one escape for its end; the label's own escapes begin with
   * a backslash, so that is doubled, and lines end by one of them.
   */
  static String quoted(String text) {
    return '"'
        + text.replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\r", "")
            .replace("\n", "\\n")
            .replace("\0", "\uFFFD")
        + '"';
  }
}
