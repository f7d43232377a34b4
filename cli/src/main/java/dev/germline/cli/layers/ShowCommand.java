package dev.germline.cli.layers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.terminal.Sizes;
import dev.germline.cli.terminal.Table;
import dev.germline.cli.terminal.Terminal;
import dev.germline.core.layers.LayerName;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Shows a layer: what it is, where it comes from, its files.")
public final class ShowCommand extends ServerCommand {
  @Parameters(paramLabel = "NAME@VERSION", description = "Such as baai/bge-small-en@1.5.0.")
  private String name = "";

  @Option(names = "--tensors", description = "Show the tensors of its files instead.")
  private boolean tensors;

  public ShowCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    String path = Client.layer(LayerName.parse(name));
    JsonNode layer = connect().get(tensors ? path + "/tensors" : path);
    if (json()) {
      print(layer);
    } else if (tensors) {
      showTensors(layer.path("items"), terminal());
    } else {
      show(layer, terminal());
    }
    return ExitCode.OK;
  }

  private static void showTensors(JsonNode items, Terminal terminal) {
    Table table = new Table("<<<><");
    for (JsonNode tensor : items) {
      table.row(
          tensor.path("name").asText(),
          tensor.path("dtype").asText(),
          tensor.path("shape").toString(),
          Sizes.bytes(tensor.path("bytes").asLong()),
          tensor.path("file").asText());
    }
    table.lines().forEach(terminal::line);
    if (items.isEmpty()) {
      terminal.line("none of its files has tensors that are known here");
    }
  }

  private static void show(JsonNode layer, Terminal terminal) {
    JsonNode record = layer.path("record");
    terminal.line(
        terminal.bold(Terminal.plain(layer.path("name").asText()))
            + "  "
            + Terminal.plain(layer.path("type").asText()));
    if (record.has("description")) {
      terminal.line("  " + Terminal.plain(record.path("description").asText()));
    }
    terminal.line("");
    Table about = new Table("<<");
    if (!layer.path("status").asText("active").equals("active")) {
      about.row("status", Withdrawal.why(layer));
    }
    about.row("digest", layer.path("digest").asText());
    about.row("ledger", layer.path("ledgerSequence").asText());
    JsonNode provenance = record.path("provenance");
    about.row("creator", provenance.path("creator").asText());
    about.row("created", provenance.path("createdAt").asText());
    about.row("method", provenance.path("method").asText());
    for (JsonNode parent : provenance.path("parents")) {
      about.row(
          "parent",
          parent.path("layer").asText() + " (" + parent.path("evolutionType").asText() + ")");
    }
    for (JsonNode dependency : record.path("dependencies")) {
      about.row(
          "needs", dependency.path("layer").asText() + " " + dependency.path("versions").asText());
    }
    about.row("sharing", record.path("sharing").path("visibility").asText());
    JsonNode license = record.path("sharing").path("license");
    if (!license.isMissingNode()) {
      about.row(
          "licence",
          license.path("spdx").asText()
              + (license.path("commercialUse").asBoolean() ? ", commercial use allowed" : ""));
    }
    if (record.path("capabilities").size() > 0) {
      List<String> words = new ArrayList<>();
      record.path("capabilities").forEach(word -> words.add(word.asText()));
      about.row("can do", String.join(", ", words));
    }
    about.lines().forEach(line -> terminal.line("  " + line));
    terminal.line("");
    Table files = new Table("<><<");
    for (JsonNode file : layer.path("files")) {
      String blake3 = file.path("blake3").asText();
      files.row(
          file.path("path").asText(),
          Sizes.bytes(file.path("sizeBytes").asLong()),
          file.path("format").asText(),
          blake3.substring(0, Math.min(16, blake3.length())));
    }
    files.lines().forEach(line -> terminal.line("  " + line));
  }
}
