package dev.germline.cli.sharing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.Json;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.terminal.Table;
import dev.germline.core.layers.LayerName;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "dependents",
    description = {
      "Lists the layers that need this one or descend from it, directly, and what each is to do by",
      "the layer's update policy and status; and assemblies that have it or a layer standing on it."
    })
public final class DependentsCommand extends ServerCommand {
  @Parameters(paramLabel = "NAME@V", description = "The layer.")
  private String name = "";

  public DependentsCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    Client client = connect();
    String layer = Client.layer(LayerName.parse(name));
    String path = layer + "/dependents?limit=500&relation=";
    ArrayNode items = Json.array();
    for (String relation : List.of("DEPENDS_ON", "EVOLVED_FROM")) {
      String cursor = "";
      do {
        JsonNode page =
            client.get(
                path + relation + (cursor.isEmpty() ? "" : "&cursor=" + Client.encode(cursor)));
        page.path("items").forEach(items::add);
        cursor = page.path("nextCursor").asText("");
      } while (!cursor.isEmpty());
    }
    JsonNode impact = client.get(layer + "/impact");
    if (json()) {
      ObjectNode all = Json.object();
      all.set("items", items);
      all.set("impact", impact);
      print(all);
      return ExitCode.OK;
    }
    Table table = new Table("<<<<");
    for (JsonNode item : items) {
      table.row(
          item.path("layer").asText(),
          item.path("relation").asText() + (item.path("required").asBoolean() ? "" : " (optional)"),
          item.path("advice").asText(),
          item.path("creator").asText());
    }
    JsonNode holding = impact.path("holding");
    for (JsonNode one : holding) {
      table.row(
          one.path("assembly").asText(),
          "assembly"
              + (one.path("distance").asInt() == 0 ? "" : " of " + one.path("layer").asText()),
          "",
          one.path("creator").asText());
    }
    table.lines().forEach(terminal()::line);
    if (items.isEmpty()) {
      terminal().note("no layer that you may see depends on it");
    }
    int more = impact.path("assemblies").asInt() - holding.size();
    if (more > 0) {
      terminal().note("and " + more + " more assemblies");
    }
    return ExitCode.OK;
  }
}
