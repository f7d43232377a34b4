package dev.germline.app.lineage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.Stream;

/** The lineage as the API answers it, a layer or an arrow at a time. */
final class JsonExport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonExport() {}

  static Stream<String> parts(Relatives lineage) {
    return Stream.of(
            Stream.of("{\"root\":" + json(NodeView.of(lineage, lineage.root())) + ",\"nodes\":["),
            joined(lineage.nodes().stream().map(node -> json(NodeView.of(lineage, node)))),
            Stream.of("],\"edges\":["),
            joined(lineage.edges().stream().map(edge -> json(EdgeView.of(edge)))),
            Stream.of("],\"truncated\":" + lineage.truncated() + "}\n"))
        .flatMap(part -> part);
  }

  /** Members of a list or object, parted by commas. */
  static Stream<String> joined(Stream<String> members) {
    boolean[] first = {true};
    return members.map(member -> {
      String part = first[0] ? member : ",\n" + member;
      first[0] = false;
      return part;
    });
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a view is not JSON", impossible);
    }
  }
}
