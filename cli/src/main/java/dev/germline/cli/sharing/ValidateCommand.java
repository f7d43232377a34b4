package dev.germline.cli.sharing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.terminal.Table;
import dev.germline.core.layers.LayerName;
import java.util.StringJoiner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "validate",
    description = {
      "Validates a published layer. Ends with 1 if a check failed; what could not be checked is",
      "named and is not taken for passed."
    })
public final class ValidateCommand extends ServerCommand {
  @Parameters(paramLabel = "NAME@V", description = "The layer.")
  private String name = "";

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      defaultValue = "basic",
      description = "basic, thorough or comprehensive (default: ${DEFAULT-VALUE}).")
  private String level = "";

  @Option(names = "--reports", description = "Nothing is checked: list the reports that count.")
  private boolean reports;

  @Option(names = "--all", description = "With --reports: those that a newer one outdates too.")
  private boolean all;

  public ValidateCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    if (reports) {
      return list();
    }
    String path = Client.layer(LayerName.parse(name)) + "/validate?level=" + Client.encode(level);
    JsonNode report = connect().post(path, null).json();
    if (json()) {
      print(report);
    } else {
      Table table = new Table("<<<");
      for (JsonNode check : report.path("checks")) {
        table.row(
            check.path("outcome").asText(),
            check.path("check").asText(),
            check.path("detail").asText());
      }
      table.lines().forEach(terminal()::line);
    }
    return report.path("outcome").asText().equals("failed") ? ExitCode.NOT_VERIFIED : ExitCode.OK;
  }

  private ExitCode list() {
    JsonNode list =
        connect()
            .get(
                Client.layer(LayerName.parse(name))
                    + "/validations?view="
                    + (all ? "all" : "current"));
    if (json()) {
      print(list);
      return ExitCode.OK;
    }
    Table table = new Table("<<<<<");
    for (JsonNode report : list.path("items")) {
      StringJoiner open = new StringJoiner(", ");
      for (JsonNode check : report.path("checks")) {
        if (!check.path("outcome").asText().equals("passed")) {
          open.add(check.path("check").asText() + " " + check.path("outcome").asText());
        }
      }
      table.row(
          report.path("validatedAt").asText(),
          report.path("level").asText() + (report.path("counts").asBoolean() ? "" : " (outdated)"),
          report.path("outcome").asText(),
          "by " + report.path("validatedBy").asText(),
          open.toString());
    }
    table.lines().forEach(terminal()::line);
    if (list.path("items").isEmpty()) {
      terminal().note("it was not validated");
    }
    return ExitCode.OK;
  }
}
