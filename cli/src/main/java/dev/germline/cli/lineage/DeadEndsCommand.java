package dev.germline.cli.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.Json;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.terminal.Table;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "dead-ends",
    description = "Lists layers that nothing evolved from and nothing depends on.")
public final class DeadEndsCommand extends ServerCommand {
  @Option(names = "--namespace", paramLabel = "NAMESPACE", description = "Only of this one.")
  private @Nullable String namespace;

  @Option(names = "--after", paramLabel = "NAME@VERSION", description = "Begin behind this name.")
  private @Nullable String after;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "Layers at most, 1 to 1000 (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(
      names = "--unused-since",
      paramLabel = "TIME",
      description = "Only those that no session used from then on, such as 2026-01-01T00:00:00Z.")
  private @Nullable String unusedSince;

  @Mixin private final AsOf asOf = new AsOf();

  public DeadEndsCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    Client client = connect();
    String query =
        (namespace == null ? "" : "&namespace=" + Client.encode(namespace))
            + (unusedSince == null ? "" : "&unusedSince=" + Client.encode(unusedSince))
            + asOf.query("&");
    ObjectNode ends = Json.object();
    ArrayNode items = ends.putArray("items");
    String next = after == null ? "" : after;
    do {
      JsonNode page =
          client.get(
              "/api/v1/lineage/dead-ends?limit="
                  + (limit - items.size())
                  + (next.isEmpty() ? "" : "&after=" + Client.encode(next))
                  + query);
      page.path("items").forEach(items::add);
      next = page.path("nextAfter").asText("");
    } while (!next.isEmpty() && items.size() < limit);
    if (!next.isEmpty()) {
      ends.put("nextAfter", next);
    }
    if (json()) {
      print(ends);
      return ExitCode.OK;
    }
    Table table = new Table("<<<");
    for (JsonNode end : items) {
      table.row(
          end.path("layer").path("name").asText(),
          end.path("layer").path("type").asText(),
          end.path("lastUsed").isTextual()
              ? "last used " + end.path("lastUsed").asText()
              : "never used");
    }
    table.lines().forEach(terminal()::line);
    if (!next.isEmpty()) {
      terminal().note("more: --after " + next);
    }
    return ExitCode.OK;
  }
}
