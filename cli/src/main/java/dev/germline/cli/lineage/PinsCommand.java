package dev.germline.cli.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.terminal.Table;
import dev.germline.core.layers.LayerName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "pins",
    description =
        "Checks the parents that a layer pins by digest; exit code 1 if one is not known or not"
            + " active.")
public final class PinsCommand extends ServerCommand {
  @Parameters(paramLabel = "NAME@VERSION", description = "Such as baai/bge-small-en@1.5.0.")
  private String name = "";

  public PinsCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    JsonNode pins = connect().get(Client.layer(LayerName.parse(name)) + "/pins");
    if (json()) {
      print(pins);
    } else {
      Table table = new Table("<<<");
      for (JsonNode pin : pins.path("items")) {
        table.row(
            pin.path("status").asText(), pin.path("layer").asText(), pin.path("digest").asText());
      }
      table.lines().forEach(terminal()::line);
      if (pins.path("items").isEmpty()) {
        terminal().note("it names no parents");
      }
    }
    return pins.path("sound").asBoolean() ? ExitCode.OK : ExitCode.NOT_VERIFIED;
  }
}
