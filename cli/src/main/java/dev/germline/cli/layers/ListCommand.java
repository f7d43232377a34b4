package dev.germline.cli.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.Json;
import dev.germline.cli.server.Pages;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.terminal.Table;
import dev.germline.cli.terminal.Terminal;
import dev.germline.core.layers.LayerFamily;
import dev.germline.core.layers.LayerType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "list", description = "Lists layers, newest first; with a name, its versions.")
public final class ListCommand extends ServerCommand {

  @Parameters(
      arity = "0..1",
      paramLabel = "NAMESPACE[/NAME]",
      description = "Only of this namespace, or only this name's versions.")
  private @Nullable String of;

  @Option(names = "--type", paramLabel = "TYPE", description = "Only layers of this type.")
  private @Nullable String type;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "At most so many (default: ${DEFAULT-VALUE}).")
  private int limit;

  public ListCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    ArrayNode items = items(connect());
    if (json()) {
      print(Json.object().set("items", items));
      return ExitCode.OK;
    }
    Terminal terminal = terminal();
    Table table = new Table("<<<<");
    for (JsonNode item : items) {
      table.row(
          item.path("name").asText(),
          item.path("type").asText(),
          item.path("creator").asText(),
          item.path("createdAt").asText().replaceFirst("T.*", ""));
    }
    table.lines().forEach(terminal::line);
    if (items.isEmpty()) {
      terminal.note("no layers; `germline push` publishes one");
    }
    return ExitCode.OK;
  }

  private ArrayNode items(Client client) {
    String name = of;
    Map<String, String> query = new LinkedHashMap<>();
    if (name != null && name.contains("/")) {
      LayerFamily family = LayerFamily.parse(name);
      query.put("namespace", family.namespace());
      query.put("name", family.name());
    } else if (name != null) {
      query.put("namespace", name);
    }
    if (type != null) {
      query.put("type", LayerType.parse(type).toString());
    }
    return Pages.items(client, "/api/v1/layers", query, limit);
  }
}
