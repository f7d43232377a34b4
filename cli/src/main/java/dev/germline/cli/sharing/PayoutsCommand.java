package dev.germline.cli.sharing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.Json;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.terminal.Table;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "payouts",
    description = {
      "Lists what you are owed for the use of layers in a month; an admin sees what anybody is.",
      "With --compute, first works out what was not yet: an admin's, for a month that is over."
    })
public final class PayoutsCommand extends ServerCommand {
  private static final String PATH = "/api/v1/payouts?month=";
  private static final int PAGE = 500;

  @Parameters(paramLabel = "MONTH", description = "Such as 2026-10.")
  private String month = "";

  @Option(names = "--recipient", paramLabel = "NAME", description = "Only what this one is owed.")
  private @Nullable String recipient;

  @Option(names = "--compute", description = "Work it out first; what was before stays as it is.")
  private boolean compute;

  public PayoutsCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    if (compute && recipient != null) {
      throw new Stop(ExitCode.USAGE, "--compute is for all recipients; leave --recipient out");
    }
    Client client = connect();
    String path = PATH + Client.encode(month);
    if (compute) {
      JsonNode computed = client.post(path, null).json();
      terminal().note("computed " + computed.path("layers").asInt() + " layers anew");
    }
    String whose = recipient == null ? "" : "&recipient=" + Client.encode(recipient);
    ArrayNode items = Json.array();
    JsonNode page;
    do {
      page = client.get(path + whose + "&limit=" + PAGE + "&offset=" + items.size()).path("items");
      page.forEach(items::add);
    } while (page.size() == PAGE);
    if (json()) {
      print(Json.object().set("items", items));
      return ExitCode.OK;
    }
    Table table = new Table("<><<<");
    for (JsonNode item : items) {
      table.row(
          item.path("recipient").asText(),
          item.path("amount").asText(),
          item.path("currency").asText(),
          item.path("reason").asText(),
          item.path("layer").asText("(not visible to you)"));
    }
    table.lines().forEach(terminal()::line);
    if (items.isEmpty()) {
      terminal().note("nothing is owed for " + month);
    }
    return ExitCode.OK;
  }
}
