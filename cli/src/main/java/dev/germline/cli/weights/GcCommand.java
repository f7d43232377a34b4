package dev.germline.cli.weights;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.TaskCommand;
import dev.germline.cli.terminal.Sizes;
import dev.germline.cli.terminal.Table;
import dev.germline.cli.terminal.Terminal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "gc",
    description = {
      "Deletes weights that no layer and no upload has referred to for a while (admins only).",
      "The server does so by itself every few hours."
    })
public final class GcCommand extends TaskCommand {
  private static final String PATH = "/api/v1/admin/collection";
  private static final Map<String, String> REASONS = reasons();

  @Option(names = "--dry-run", description = "Only say what would go.")
  private boolean dryRun;

  public GcCommand(Surroundings surroundings) {
    super(surroundings);
  }

  private static Map<String, String> reasons() {
    Map<String, String> reasons = new LinkedHashMap<>();
    reasons.put("blobs", "files that no layer has");
    reasons.put("recipes", "lists of pieces of such files and of given up uploads");
    reasons.put("pieces", "pieces that no file has");
    reasons.put("compacted", "objects mostly of such pieces, written anew without them");
    reasons.put("condemned", "objects without pieces, to be deleted when nobody reads from them");
    reasons.put("segments", "objects deleted");
    return reasons;
  }

  @Override
  protected ExitCode run() {
    Client client = connect();
    JsonNode report = perform(client, "gc", PATH + "?dryRun=" + dryRun, PATH);
    if (json()) {
      print(report);
    } else {
      show(report);
    }
    return waits() && !report.path("complete").asBoolean() ? ExitCode.UNREACHABLE : ExitCode.OK;
  }

  private void show(JsonNode report) {
    Terminal terminal = terminal();
    String what = report.path("dryRun").asBoolean() ? "collection (dry run)" : "collection";
    terminal.line(
        what + " " + Terminal.plain(report.path("state").asText().toLowerCase(Locale.ROOT)));
    Table table = new Table(">><");
    REASONS.forEach((key, reason) -> {
      JsonNode tally = report.path("gone").path(key);
      table.row(
          Sizes.count(tally.path("count").asLong()),
          Sizes.bytes(tally.path("bytes").asLong()),
          reason);
    });
    table.lines().forEach(line -> terminal.line("  " + line));
    for (JsonNode failure : report.path("failures")) {
      terminal.line("  " + terminal.bad(Terminal.plain(failure.asText())));
    }
  }
}
