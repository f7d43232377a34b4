package dev.germline.cli.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.TaskCommand;
import dev.germline.cli.terminal.Sizes;
import dev.germline.cli.terminal.Table;
import dev.germline.cli.terminal.Terminal;
import picocli.CommandLine.Command;

@Command(
    name = "fsck",
    description = {
      "Checks the server's stores: recomputes every root, reads every blob, compares the graph.",
      "Exit code 1 when something is found (admins only)."
    })
public final class FsckCommand extends TaskCommand {
  private static final String PATH = "/api/v1/fsck";

  public FsckCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    Client client = connect();
    JsonNode report = perform(client, "fsck", PATH, PATH);
    if (json()) {
      print(report);
    } else {
      show(report);
    }
    boolean done = report.path("state").asText().equalsIgnoreCase("done");
    return done && !report.path("clean").asBoolean() ? ExitCode.NOT_VERIFIED : ExitCode.OK;
  }

  private void show(JsonNode report) {
    Terminal terminal = terminal();
    if (!report.path("state").asText().equalsIgnoreCase("done")) {
      terminal.line("fsck is " + Terminal.plain(report.path("state").asText()));
      return;
    }
    boolean clean = report.path("clean").asBoolean();
    JsonNode findings = report.path("findings");
    long count = report.path("findingCount").asLong(findings.size());
    terminal.line(clean ? terminal.good("clean") : terminal.bad(count + " findings"));
    Table checked = new Table("<>");
    report
        .path("checked")
        .properties()
        .forEach(entry -> checked.row(entry.getKey(), Sizes.count(entry.getValue().asLong())));
    checked.lines().forEach(line -> terminal.line("  " + line));
    for (JsonNode finding : findings) {
      terminal.line(
          "  "
              + terminal.bad(Terminal.plain(finding.path("store").asText()))
              + "  "
              + Terminal.plain(
                  finding.path("subject").asText() + ": " + finding.path("what").asText()));
    }
  }
}
