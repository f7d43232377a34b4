package dev.germline.app.lineage;

import dev.germline.core.layers.LayerName;
import dev.germline.core.substrate.EntityId;
import dev.germline.graph.lineage.LayerNode;
import dev.germline.graph.lineage.LayerRelation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * GraphML 1.0 (graphml.graphdrawing.org). Layers and arrows are named by their ids, as an
 * xs:NMTOKEN may not hold a {@code /} or {@code @}; an arrow points from the child to the parent.
 */
final class GraphMlExport {
  private static final List<String> NODE_KEYS =
      List.of("name", "type", "digest", "creator", "createdAt", "status");
  private static final List<String> EDGE_KEYS =
      List.of("kind", "evolutionType", "assertedBy", "at");

  private GraphMlExport() {}

  static Stream<String> parts(Relatives lineage) {
    Map<LayerName, EntityId> ids = new HashMap<>();
    ExportFormat.layers(lineage).forEach(node -> ids.put(node.name(), node.id()));
    return Stream.of(
            Stream.of(head()),
            ExportFormat.layers(lineage).map(node -> node(lineage, node)),
            lineage.edges().stream()
                .filter(edge -> ids.containsKey(edge.from()) && ids.containsKey(edge.to()))
                .map(edge -> edge(edge, ids)),
            Stream.of("  </graph>\n</graphml>\n"))
        .flatMap(part -> part);
  }

  private static String head() {
    StringBuilder head =
        new StringBuilder(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <graphml xmlns="http://graphml.graphdrawing.org/xmlns"
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
            """);
    NODE_KEYS.forEach(key -> head.append(key(key, "node", "string")));
    head.append(key("depth", "node", "int"));
    EDGE_KEYS.forEach(key -> head.append(key(key, "edge", "string")));
    head.append(key("confidence", "edge", "double"));
    return head.append("  <graph id=\"lineage\" edgedefault=\"directed\">\n").toString();
  }

  private static String key(String name, String of, String type) {
    return "  <key id=\"%s\" for=\"%s\" attr.name=\"%s\" attr.type=\"%s\"/>\n"
        .formatted(name, of, name, type);
  }

  private static String node(Relatives lineage, LayerNode node) {
    StringBuilder xml = new StringBuilder("    <node id=\"" + node.id() + "\">\n");
    data(xml, "name", node.name());
    data(xml, "type", node.type());
    data(xml, "digest", node.digest().toHex());
    Registered row = lineage.registered(node);
    if (row != null) {
      data(xml, "creator", row.creator());
      data(xml, "createdAt", row.createdAt());
    }
    data(xml, "status", lineage.status(node));
    data(xml, "depth", node.depth());
    return xml.append("    </node>\n").toString();
  }

  private static String edge(LayerRelation edge, Map<LayerName, EntityId> ids) {
    StringBuilder xml =
        new StringBuilder(
            "    <edge id=\"%s\" source=\"%s\" target=\"%s\">\n"
                .formatted(edge.claim(), ids.get(edge.from()), ids.get(edge.to())));
    data(xml, "kind", edge.type());
    for (String key : EDGE_KEYS.subList(1, EDGE_KEYS.size())) {
      data(xml, key, edge.properties().get(key));
    }
    data(xml, "confidence", edge.properties().get("confidence"));
    return xml.append("    </edge>\n").toString();
  }

  private static void data(StringBuilder xml, String key, @Nullable Object value) {
    if (value != null) {
      xml.append("      <data key=\"%s\">%s</data>\n".formatted(key, escaped(value.toString())));
    }
  }

  /** Text as XML 1.0 can hold it: characters that it has no way to write become U+FFFD. */
  static String escaped(String text) {
    StringBuilder xml = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '&' -> xml.append("&amp;");
            case '<' -> xml.append("&lt;");
            case '>' -> xml.append("&gt;");
            case '"' -> xml.append("&quot;");
            case '\t', '\n', '\r' -> xml.append("&#").append(c).append(';');
            default -> xml.appendCodePoint(writable(c) ? c : 0xFFFD);
          }
        });
    return xml.toString();
  }

  private static boolean writable(int c) {
    return (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
  }
}
