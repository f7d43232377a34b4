package dev.germline.cli.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.Json;
import dev.germline.cli.server.Pages;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.terminal.Table;
import dev.germline.core.layers.LayerName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "claims",
    description = {
      "Shows what is said of a layer and what became of it, newest first; of a claim's id, the claim",
      "with everything that was replied to it."
    })
public final class ClaimsCommand extends ServerCommand {
  private static final Set<String> KNOWN =
      Set.of("schema", "kind", "subject", "object", "claim", "assertedBy", "assertedAt");

  @Parameters(paramLabel = "NAME@V|CLAIM", description = "Such as baai/bge-small-en@1.5.0.")
  private String of = "";

  @Option(names = "--all", description = "Also those that do not count any more.")
  private boolean all;

  @Option(names = "--kind", paramLabel = "KIND", description = "Only of this kind.")
  private @Nullable String kind;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "At most so many (default: ${DEFAULT-VALUE}).")
  private int limit;

  public ClaimsCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    Client client = connect();
    if (!of.contains("@")) {
      JsonNode claim = client.get(Client.path("api", "v1", "claims", of));
      if (json()) {
        print(claim);
      } else {
        Table table = new Table("<<<<<");
        row(table, claim.path("claim"), claim.path("standing").asText());
        claim.path("replies").forEach(reply -> row(table, reply, ""));
        table.lines().forEach(terminal()::line);
      }
      return ExitCode.OK;
    }
    ArrayNode items = items(client);
    if (json()) {
      print(Json.object().set("items", items));
      return ExitCode.OK;
    }
    Table table = new Table("<<<<<");
    for (JsonNode item : items) {
      row(table, item.path("claim"), item.path("standing").asText());
      item.path("because").forEach(reply -> row(table, reply, ""));
    }
    table.lines().forEach(terminal()::line);
    if (items.isEmpty()) {
      terminal().note("no claims; `germline claim` states one");
    }
    return ExitCode.OK;
  }

  private ArrayNode items(Client client) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("view", all ? "all" : "current");
    if (kind != null) {
      query.put("kind", kind);
    }
    return Pages.items(client, Client.layer(LayerName.parse(of)) + "/claims", query, limit);
  }

  private static void row(Table table, JsonNode claim, String standing) {
    JsonNode record = claim.path("record");
    String said =
        record.properties().stream()
            .filter(member -> !KNOWN.contains(member.getKey()))
            .map(member ->
                member.getKey()
                    + "="
                    + (member.getValue().isContainerNode()
                        ? member.getValue().toString()
                        : member.getValue().asText()))
            .collect(Collectors.joining(" "));
    String about =
        claim.has("from")
            ? claim.path("from").asText()
                + (claim.has("to") ? " > " + claim.path("to").asText() : "")
            : "";
    table.row(
        standing.isEmpty() ? "  " + claim.path("type").asText() : claim.path("type").asText(),
        standing,
        record.path("assertedBy").asText(),
        claim.path("id").asText(),
        about.isEmpty() ? said : about + " " + said);
  }
}
