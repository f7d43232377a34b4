package dev.germline.cli.sharing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.terminal.Table;
import dev.germline.cli.terminal.Terminal;
import dev.germline.core.layers.LayerType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "find",
    description = "Finds layers by words, likeness and what they are, best first; here or farther.")
public final class FindCommand extends ServerCommand {
  private static final int MAX_DESCRIPTION = 60;

  @Parameters(arity = "0..*", paramLabel = "WORD", description = "What it should be about.")
  private List<String> words = new ArrayList<>();

  @Option(names = "--type", paramLabel = "TYPE", description = "Only layers of this type.")
  private @Nullable String type;

  @Option(names = "--namespace", paramLabel = "NS", description = "Only of this namespace.")
  private @Nullable String namespace;

  @Option(names = "--capability", paramLabel = "TEXT", description = "Only with this capability.")
  private @Nullable String capability;

  @Option(names = "--license", paramLabel = "SPDX", description = "Only under this licence.")
  private @Nullable String license;

  @Option(names = "--commercial", description = "Only where commercial use is allowed.")
  private boolean commercial;

  @Option(
      names = "--metric",
      paramLabel = "TASK:METRIC>=N",
      description = "Only where the mean of the measurements is so (<= too). May be repeated.")
  private List<String> metrics = new ArrayList<>();

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      defaultValue = "active",
      description = "active, yanked or revoked (default: ${DEFAULT-VALUE}).")
  private String status = "";

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      defaultValue = "local",
      description = "local, regional or global (default: ${DEFAULT-VALUE}).")
  private String scope = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many, 1 to 100 (default: ${DEFAULT-VALUE}).")
  private int limit;

  public FindCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    JsonNode found = connect().get(query());
    if (json()) {
      print(found);
      return ExitCode.OK;
    }
    Terminal terminal = terminal();
    Table table = new Table("<<<<<");
    for (JsonNode item : found.path("items")) {
      String description = item.path("description").asText("").replace('\n', ' ');
      table.row(
          item.path("name").asText(),
          item.path("type").asText(),
          item.path("license").asText("no licence"),
          item.path("origin").asText(),
          description.length() > MAX_DESCRIPTION
              ? description.substring(0, MAX_DESCRIPTION) + "…"
              : description);
    }
    table.lines().forEach(terminal::line);
    if (found.path("items").isEmpty()) {
      terminal.note("nothing found");
    }
    for (JsonNode peer : found.path("peers")) {
      if (!peer.path("answered").asBoolean()) {
        terminal.note(
            "without %s: %s".formatted(peer.path("peer").asText(), peer.path("problem").asText()));
      }
    }
    return ExitCode.OK;
  }

  private String query() {
    StringBuilder query = new StringBuilder("/api/v1/find?limit=").append(limit);
    add(query, "q", words.isEmpty() ? null : String.join(" ", words));
    add(query, "type", type == null ? null : LayerType.parse(type).toString());
    add(query, "namespace", namespace);
    add(query, "capability", capability);
    add(query, "license", license);
    add(query, "commercialUse", commercial ? "true" : null);
    add(query, "status", status);
    add(query, "scope", scope);
    metrics.forEach(metric -> add(query, "metric", metric));
    return query.toString();
  }

  private static void add(StringBuilder query, String name, @Nullable String value) {
    if (value != null) {
      query.append('&').append(name).append('=').append(Client.encode(value));
    }
  }
}
