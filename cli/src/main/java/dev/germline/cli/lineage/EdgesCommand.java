package dev.germline.cli.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.terminal.Table;
import dev.germline.core.layers.LayerName;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "edges", description = "Lists every claim about a layer and another one.")
public final class EdgesCommand extends ServerCommand {
  /** What the other columns say already. */
  private static final Set<String> KNOWN = Set.of("claim");

  @Parameters(paramLabel = "NAME@VERSION", description = "Such as baai/bge-small-en@1.5.0.")
  private String name = "";

  public EdgesCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    JsonNode edges = connect().get(Client.layer(LayerName.parse(name)) + "/edges");
    if (json()) {
      print(edges);
      return ExitCode.OK;
    }
    Table table = new Table("<<<<<");
    for (JsonNode edge : edges.path("items")) {
      String properties =
          edge.path("properties").properties().stream()
              .filter(property -> !KNOWN.contains(property.getKey()))
              .filter(property -> !text(property.getValue()).isEmpty())
              .map(property -> property.getKey() + "=" + text(property.getValue()))
              .collect(Collectors.joining(" "));
      table.row(
          edge.path("from").asText(),
          edge.path("type").asText(),
          edge.path("to").asText(),
          edge.path("claim").asText(),
          properties);
    }
    table.lines().forEach(terminal()::line);
    if (edges.path("items").isEmpty()) {
      terminal().note("no claims; `germline claim` states one");
    }
    return ExitCode.OK;
  }

  /** A text as it is, other values as JSON; nothing for what is empty. */
  private static String text(JsonNode value) {
    if (value.isContainerNode()) {
      return value.isEmpty() ? "" : value.toString();
    }
    return value.asText();
  }
}
