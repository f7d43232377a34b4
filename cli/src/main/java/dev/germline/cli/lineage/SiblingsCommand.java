package dev.germline.cli.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.terminal.Table;
import dev.germline.core.layers.LayerName;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "siblings", description = "Lists layers that share a parent with this one.")
public final class SiblingsCommand extends ServerCommand {
  @Parameters(paramLabel = "NAME@VERSION", description = "Such as baai/bge-small-en@1.5.0.")
  private String name = "";

  @Mixin private final AsOf asOf = new AsOf();

  public SiblingsCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    JsonNode siblings =
        connect().get(Client.layer(LayerName.parse(name)) + "/siblings" + asOf.query("?"));
    if (json()) {
      print(siblings);
      return ExitCode.OK;
    }
    Table table = new Table("<<<");
    for (JsonNode item : siblings.path("items")) {
      List<String> parents = new ArrayList<>();
      item.path("parents").forEach(parent -> parents.add(parent.asText()));
      table.row(
          item.path("layer").path("name").asText(),
          item.path("layer").path("type").asText(),
          "of " + String.join(", ", parents));
    }
    table.lines().forEach(terminal()::line);
    if (siblings.path("items").isEmpty()) {
      terminal().note("no siblings are known");
    }
    return ExitCode.OK;
  }
}
