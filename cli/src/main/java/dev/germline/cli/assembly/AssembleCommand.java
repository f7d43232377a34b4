package dev.germline.cli.assembly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Surroundings;
import dev.germline.cli.compatibility.CheckCommand;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.terminal.Table;
import dev.germline.cli.terminal.Terminal;
import dev.germline.core.layers.LayerName;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "assemble",
    description = {
      "Publishes an assembly of layers, once the gate has let it pass.",
      "Takes our YAML (docs/assembly.md), mergekit's, or the arguments of PEFT's",
      "add_weighted_adapter; layers are namespace/name@version, or a range."
    })
public final class AssembleCommand extends ServerCommand {
  @Parameters(paramLabel = "SPEC", description = "YAML or JSON.")
  private Path spec = Path.of("");

  @Option(
      names = "--name",
      paramLabel = "NAME@VERSION",
      description = "What to publish it as (default: the name in the file).")
  private @Nullable String name;

  public AssembleCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    ObjectNode draft = SpecFile.read(spec);
    if (name != null) {
      draft.put("name", LayerName.parse(name).toString());
    }
    JsonNode published = connect().post("/api/v1/assemblies", draft).json();
    if (json()) {
      print(published);
      return ExitCode.OK;
    }
    Terminal terminal = terminal();
    terminal.line("assembled " + terminal.bold(Terminal.plain(published.path("name").asText())));
    terminal.line("  " + Terminal.plain(published.path("digest").asText()));
    Table table = new Table("<>");
    for (JsonNode layer : published.path("record").path("layers")) {
      table.row(layer.path("layer").asText(), layer.path("weight").asText());
    }
    table.lines().forEach(line -> terminal.line("  " + line));
    for (JsonNode p : published.path("record").path("examination").path("predictions")) {
      terminal.line(
          Terminal.plain(
              String.format(
                  Locale.ROOT,
                  "  expected %s of %s: %.4g (90 %%: %.4g to %.4g)",
                  p.path("metric").asText(),
                  p.path("task").asText(),
                  p.path("mean").asDouble(),
                  p.path("low").asDouble(),
                  p.path("high").asDouble())));
    }
    if (published.path("verdict").isObject()) {
      CheckCommand.show(published.path("verdict"), terminal);
    }
    return ExitCode.OK;
  }
}
