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
    name = "diff",
    description = "Shows what lies between two layers: metadata, files, tensors, metrics.")
public final class DiffCommand extends ServerCommand {
  @Parameters(index = "0", paramLabel = "A", description = "A layer, NAME@VERSION.")
  private String from = "";

  @Parameters(index = "1", paramLabel = "B", description = "Another.")
  private String to = "";

  public DiffCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    JsonNode diff =
        connect()
            .get(
                "/api/v1/lineage/diff?from=%s&to=%s"
                    .formatted(
                        Client.encode(LayerName.parse(from).toString()),
                        Client.encode(LayerName.parse(to).toString())));
    if (json()) {
      print(diff);
      return ExitCode.OK;
    }
    JsonNode tensors = diff.path("tensors");
    Table table = new Table("<<<<");
    diff.path("metadata").forEach(value -> row(table, "metadata", "path", value));
    diff.path("files").forEach(file -> row(table, "file", "path", file));
    for (JsonNode tensor : tensors.path("changes")) {
      table.row(
          "tensor " + tensor.path("change").asText(),
          tensor.path("tensor").asText(),
          tensor.path("before").asText(),
          tensor.path("after").asText());
    }
    for (JsonNode metric : diff.path("metrics")) {
      String change =
          metric.path("before").isMissingNode() || metric.path("before").isNull()
              ? "metric gained"
              : metric.path("after").isMissingNode() || metric.path("after").isNull()
                  ? "metric lost"
                  : "metric";
      table.row(
          change,
          metric.path("task").asText() + " " + metric.path("metric").asText(),
          text(metric.path("before")),
          text(metric.path("after")));
    }
    table.lines().forEach(terminal()::line);
    terminal()
        .note(
            "%d tensors are the same, %d differ"
                .formatted(
                    tensors.path("same").asInt(),
                    tensors.path("changes").size() + tensors.path("more").asInt()));
    return ExitCode.OK;
  }

  private static void row(Table table, String what, String key, JsonNode change) {
    table.row(
        what, change.path(key).asText(), text(change.path("before")), text(change.path("after")));
  }

  private static String text(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "-";
    }
    return value.isTextual() ? value.asText() : value.toString();
  }
}
