package dev.germline.cli.sharing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Json;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.terminal.Table;
import dev.germline.cli.terminal.Terminal;
import dev.germline.core.layers.LayerName;
import picocli.CommandLine.Parameters;

/** States a layer's status, which is its creator's or an admin's to say. */
abstract class StatusCommand extends ServerCommand {
  private static final int SHOWN = 10;

  private final String status;

  @Parameters(index = "0", paramLabel = "NAME@V", description = "The layer.")
  private String name = "";

  @Parameters(index = "1", paramLabel = "REASON", description = "Why, for those who have it.")
  private String reason = "";

  StatusCommand(Surroundings surroundings, String status) {
    super(surroundings);
    this.status = status;
  }

  @Override
  protected ExitCode run() {
    LayerName layer = LayerName.parse(name);
    ObjectNode claim = Json.object();
    claim.put("schema", "germline.claim/1");
    claim.put("kind", "STATUS");
    claim.putObject("subject").put("layer", layer.toString());
    claim.put("status", status);
    claim.put("reason", reason);
    JsonNode stated = connect().post("/api/v1/claims", claim).json();
    if (json()) {
      print(stated);
    } else {
      terminal()
          .line(
              Terminal.plain(
                  "%s is %s (claim %s)".formatted(layer, status, stated.path("id").asText())));
      impact(stated.path("impact"));
    }
    return ExitCode.OK;
  }

  private void impact(JsonNode impact) {
    if (impact.path("layers").asInt() == 0) {
      return;
    }
    terminal()
        .line(
            "  %s%d layers of %d owners stand on it; their owners are told as its policy says"
                .formatted(
                    impact.path("complete").asBoolean() ? "" : "at least ",
                    impact.path("layers").asInt(),
                    impact.path("owners").asLong()));
    Table table = new Table("<<<");
    int shown = 0;
    for (JsonNode one : impact.path("nearest")) {
      if (shown++ == SHOWN) {
        break;
      }
      table.row(
          one.path("layer").asText(),
          "by " + one.path("creator").asText(),
          one.path("distance").asInt() == 1
              ? "directly"
              : "in " + one.path("distance").asInt() + " steps");
    }
    table.lines().forEach(line -> terminal().line("  " + line));
    if (impact.path("layers").asInt() > SHOWN) {
      terminal().line("  `germline blast` shows all of them");
    }
  }
}
