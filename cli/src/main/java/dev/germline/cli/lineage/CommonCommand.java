package dev.germline.cli.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.terminal.Table;
import dev.germline.core.layers.LayerName;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "common", description = "Lists what all of some layers evolved from.")
public final class CommonCommand extends ServerCommand {
  @Parameters(arity = "2..16", paramLabel = "NAME@VERSION", description = "Two to sixteen layers.")
  private List<String> names = List.of();

  @Mixin private final AsOf asOf = new AsOf();

  public CommonCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    String layers =
        names.stream()
            .map(name -> "layer=" + Client.encode(LayerName.parse(name).toString()))
            .collect(Collectors.joining("&"));
    JsonNode common = connect().get("/api/v1/lineage/common-ancestors?" + layers + asOf.query("&"));
    if (json()) {
      print(common);
      return ExitCode.OK;
    }
    Table table = new Table("<<<");
    for (JsonNode item : common.path("items")) {
      table.row(
          item.path("layer").path("name").asText(),
          item.path("nearest").asBoolean() ? "nearest" : "",
          item.path("steps").properties().stream()
              .map(step -> step.getKey() + " " + step.getValue().asInt())
              .collect(Collectors.joining(", ")));
    }
    table.lines().forEach(terminal()::line);
    if (common.path("items").isEmpty()) {
      terminal().note("they have no ancestor in common");
    }
    return ExitCode.OK;
  }
}
