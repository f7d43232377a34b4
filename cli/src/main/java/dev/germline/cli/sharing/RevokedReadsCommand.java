package dev.germline.cli.sharing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Json;
import dev.germline.cli.server.Pages;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.terminal.Table;
import dev.germline.core.layers.LayerName;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "revoked-reads",
    description = {
      "Lists who was handed bytes of revoked layers, newest first, a line for each file or tensor",
      "and day: an admin sees all, others their own reads and those of the layers that they made."
    })
public final class RevokedReadsCommand extends ServerCommand {
  @Parameters(arity = "0..1", paramLabel = "NAME@V", description = "Only of this layer.")
  private @Nullable String name;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Lines at most (default: ${DEFAULT-VALUE}).")
  private int limit;

  public RevokedReadsCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    Map<String, String> of =
        name == null ? Map.of() : Map.of("layer", LayerName.parse(name).toString());
    ArrayNode items = Pages.items(connect(), "/api/v1/revoked-reads", of, limit);
    if (json()) {
      print(Json.object().set("items", items));
      return ExitCode.OK;
    }
    Table table = new Table("<<<<>");
    for (JsonNode item : items) {
      table.row(
          item.path("lastAt").asText(),
          item.path("reader").asText(),
          item.path("layer").asText(),
          item.path("what").asText(),
          item.path("requests").asLong() + " requests");
    }
    table.lines().forEach(terminal()::line);
    if (items.isEmpty()) {
      terminal().note("nobody was handed bytes of a revoked layer that you may know of");
    }
    return ExitCode.OK;
  }
}
