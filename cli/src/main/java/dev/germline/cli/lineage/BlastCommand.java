package dev.germline.cli.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.terminal.Table;
import dev.germline.core.layers.LayerName;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "blast",
    description = "Lists what depends on a layer or evolved from it, transitively, by impact.")
public final class BlastCommand extends ServerCommand {
  @Parameters(paramLabel = "NAME@VERSION", description = "Such as baai/bge-small-en@1.5.0.")
  private String name = "";

  @Option(
      names = "--depth",
      paramLabel = "N",
      defaultValue = "64",
      description = "Steps at most, 1 to 64 (default: ${DEFAULT-VALUE}).")
  private int depth;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "Layers at most, 1 to 1000 (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(
      names = "--offset",
      paramLabel = "N",
      defaultValue = "0",
      description = "Layers to pass over (default: ${DEFAULT-VALUE}).")
  private int offset;

  @Mixin private final AsOf asOf = new AsOf();

  public BlastCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    JsonNode blast =
        connect()
            .get(
                Client.layer(LayerName.parse(name))
                    + "/blast?depth=%d&limit=%d&offset=%d".formatted(depth, limit, offset)
                    + asOf.query("&"));
    if (json()) {
      print(blast);
      return ExitCode.OK;
    }
    Table table = new Table(">><<");
    for (JsonNode hit : blast.path("items")) {
      table.row(
          String.format(Locale.ROOT, "%.3f", hit.path("impact").asDouble()),
          hit.path("steps").asText(),
          hit.path("required").asBoolean() ? "required" : "optional",
          hit.path("layer").path("name").asText());
    }
    table.lines().forEach(terminal()::line);
    int total = blast.path("total").asInt();
    int shown = blast.path("items").size();
    if (total == 0) {
      terminal().note("nothing depends on it");
    } else if (offset + shown < total) {
      terminal().note("%d of %d; --offset %d goes on".formatted(shown, total, offset + shown));
    }
    if (blast.path("truncated").asBoolean()) {
      terminal().note("there are more than were looked at, which were the nearest");
    }
    return ExitCode.OK;
  }
}
