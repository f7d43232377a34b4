package dev.germline.cli.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.terminal.Terminal;
import dev.germline.cli.terminal.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The answer of {@code ancestors} or {@code descendants} as a tree. */
public final class Family {
  private final JsonNode answer;
  private final boolean up;
  private final Map<String, JsonNode> nodes = new LinkedHashMap<>();

  private Family(JsonNode answer, boolean up) {
    this.answer = answer;
    this.up = up;
    nodes.put(rootName(), answer.path("root"));
    answer.path("nodes").forEach(node -> nodes.put(node.path("name").asText(), node));
  }

  public static Family ancestors(JsonNode answer) {
    return new Family(answer, true);
  }

  public static Family descendants(JsonNode answer) {
    return new Family(answer, false);
  }

  private String rootName() {
    JsonNode root = answer.path("root");
    return root.isTextual() ? root.asText() : root.path("name").asText();
  }

  public boolean truncated() {
    return answer.path("truncated").asBoolean();
  }

  /** The layer with its relatives below it; who has several paths to it is drawn out only once. */
  public Tree tree() {
    Set<String> drawn = new HashSet<>();
    drawn.add(rootName());
    return new Tree(label(rootName()), relatives(rootName(), drawn));
  }

  private List<Tree> relatives(String of, Set<String> drawn) {
    List<Tree> trees = new ArrayList<>();
    for (JsonNode edge : answer.path("edges")) {
      if (!edge.path(up ? "from" : "to").asText().equals(of)) {
        continue;
      }
      String other = edge.path(up ? "to" : "from").asText();
      String label = (up ? "from " : "into ") + label(other) + how(edge.path("properties"));
      if (drawn.add(other)) {
        trees.add(new Tree(label, relatives(other, drawn)));
      } else {
        trees.add(new Tree(label + " (shown elsewhere)", List.of()));
      }
    }
    return trees;
  }

  private String label(String name) {
    JsonNode node = nodes.getOrDefault(name, answer.path("none"));
    String type = node.path("type").asText();
    String status = node.path("status").asText("active");
    return Terminal.plain(
        name
            + (type.isEmpty() ? "" : "  " + type)
            + (status.equals("active") ? "" : "  " + status.toUpperCase(Locale.ROOT)));
  }

  private static String how(JsonNode properties) {
    String how = properties.path("evolutionType").asText();
    if (how.isEmpty()) {
      return "";
    }
    double confidence = properties.path("confidence").asDouble(1);
    return Terminal.plain(
        "  "
            + how
            + (confidence < 1 ? String.format(Locale.ROOT, ", confidence %.2f", confidence) : ""));
  }
}
