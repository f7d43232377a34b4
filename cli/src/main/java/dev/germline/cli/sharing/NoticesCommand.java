package dev.germline.cli.sharing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.Json;
import dev.germline.cli.server.Pages;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.terminal.Table;
import dev.germline.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "notices",
    description = {
      "Lists what you are told of layers that yours stand on: yanked, revoked, restored, or that",
      "there is a newer version. With ids, says that you know; --ack says so of all that are open."
    })
public final class NoticesCommand extends ServerCommand {
  private static final String PATH = "/api/v1/notices";
  private static final int MOST = 10_000;

  @Parameters(arity = "0..*", paramLabel = "ID", description = "Notices that you know of now.")
  private List<String> ids = new ArrayList<>();

  @Option(names = "--ack", description = "Say that you know of every open one.")
  private boolean acknowledge;

  @Option(names = "--all", description = "Also those that you knew of.")
  private boolean all;

  public NoticesCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    Client client = connect();
    ArrayNode items = Json.array();
    if (ids.isEmpty()) {
      items.addAll(Pages.items(client, PATH, Map.of("view", all ? "all" : "open"), MOST));
      if (acknowledge) {
        for (JsonNode item : items) {
          acknowledge(client, item.path("id").asText());
        }
      }
    } else {
      ids.forEach(id -> items.add(acknowledge(client, id)));
    }
    if (json()) {
      print(Json.object().set("items", items));
    } else {
      show(items);
    }
    return ExitCode.OK;
  }

  private static JsonNode acknowledge(Client client, String id) {
    return client.post(PATH + Client.path(id, "acknowledge"), null).json();
  }

  private void show(ArrayNode items) {
    Table table = new Table("<<<<<");
    for (JsonNode item : items) {
      table.row(
          item.path("id").asText(),
          item.path("advice").asText(),
          item.path("layer").asText(),
          item.path("cause").asText()
              + (item.has("by") ? " by " + item.path("by").asText() : "")
              + (item.has("reason") ? ": " + item.path("reason").asText() : ""),
          yours(item));
    }
    table.lines().forEach(terminal()::line);
    if (items.isEmpty()) {
      terminal()
          .note(all ? "there are no notices to you" : "there is nothing that you do not know");
    }
  }

  private static String yours(JsonNode item) {
    int count = item.path("affected").asInt();
    String first = item.path("layers").path(0).path("layer").asText("");
    return count == 0
        ? ""
        : "yours: " + Terminal.plain(first) + (count > 1 ? " and " + (count - 1) + " more" : "");
  }
}
