package dev.germline.cli.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.terminal.Terminal;
import dev.germline.core.layers.LayerName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "path", description = "Shows a shortest way between two layers.")
public final class PathCommand extends ServerCommand {
  @Parameters(index = "0", paramLabel = "A", description = "A layer, NAME@VERSION.")
  private String from = "";

  @Parameters(index = "1", paramLabel = "B", description = "Another.")
  private String to = "";

  @Mixin private final AsOf asOf = new AsOf();

  public PathCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    JsonNode path =
        connect()
            .get(
                "/api/v1/lineage/path?from=%s&to=%s"
                        .formatted(
                            Client.encode(LayerName.parse(from).toString()),
                            Client.encode(LayerName.parse(to).toString()))
                    + asOf.query("&"));
    if (json()) {
      print(path);
      return ExitCode.OK;
    }
    JsonNode layers = path.path("layers");
    for (int i = 0; i < layers.size(); i++) {
      String layer = layers.path(i).path("name").asText();
      if (i > 0) {
        JsonNode edge = path.path("edges").path(i - 1);
        boolean along = edge.path("to").asText().equals(layer);
        terminal()
            .line(
                Terminal.plain(
                    (along ? "  | " : "  ^ ") + edge.path("type").asText() + (along ? " v" : "")));
      }
      terminal().line(Terminal.plain(layer));
    }
    if (!path.path("found").asBoolean()) {
      terminal().note("no way leads from one to the other");
    }
    return ExitCode.OK;
  }
}
