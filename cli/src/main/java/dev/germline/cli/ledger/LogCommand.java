package dev.germline.cli.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.Json;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.terminal.Sizes;
import dev.germline.cli.terminal.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "log", description = "Lists the signed state roots, newest first.")
public final class LogCommand extends ServerCommand {
  private static final int PAGE = 500;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(names = "--before", paramLabel = "SEQUENCE", description = "Only roots before this one.")
  private @Nullable Long before;

  public LogCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    ArrayNode roots = roots(connect());
    if (json()) {
      print(Json.object().set("items", roots));
      return ExitCode.OK;
    }
    Table table = new Table("><<>>");
    for (JsonNode root : roots) {
      JsonNode counts = root.path("counts");
      table.row(
          root.path("sequence").asText(),
          Instant.ofEpochMilli(root.path("timestamp").asLong()).truncatedTo(ChronoUnit.SECONDS),
          root.path("root").asText(),
          Sizes.count(counts.path("documents").asLong()) + " documents",
          Sizes.count(counts.path("edges").asLong()) + " edges");
    }
    table.lines().forEach(terminal()::line);
    if (roots.isEmpty()) {
      terminal().note("nothing was ever written");
    }
    return ExitCode.OK;
  }

  private ArrayNode roots(Client client) {
    ArrayNode all = Json.array();
    Long from = before;
    while (all.size() < limit) {
      int page = Math.min(PAGE, limit - all.size());
      String query = "?limit=" + page + (from == null ? "" : "&before=" + from);
      JsonNode items = client.get("/api/v1/ledger/roots" + query).path("items");
      items.forEach(all::add);
      if (items.size() < page) {
        break;
      }
      from = items.path(items.size() - 1).path("sequence").asLong();
    }
    return all;
  }
}
