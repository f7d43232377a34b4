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
import java.util.ArrayList;
import java.util.List;
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
    String bound = impact.path("complete").asBoolean(true) ? "" : "at least ";
    int layers = impact.path("layers").asInt();
    if (layers > 0) {
      terminal()
          .line(
              "  %s%d layers of %d owners stand on it; their owners are told as its policy says"
                  .formatted(bound, layers, impact.path("owners").asLong()));
      Table table = new Table("<<<");
      for (JsonNode one : first(impact.path("nearest"))) {
        int distance = one.path("distance").asInt();
        table.row(
            one.path("layer").asText(),
            "by " + one.path("creator").asText(),
            distance == 1 ? "directly" : "in " + distance + " steps");
      }
      table.lines().forEach(line -> terminal().line("  " + line));
      if (layers > SHOWN) {
        terminal().line("  `germline blast` shows all of them");
      }
    }
    int assemblies = impact.path("assemblies").asInt();
    if (assemblies > 0) {
      terminal()
          .line(
              "  %s%d assemblies have it or one of these; their owners are not told"
                  .formatted(bound, assemblies));
      Table table = new Table("<<<");
      for (JsonNode one : first(impact.path("holding"))) {
        table.row(
            one.path("assembly").asText(),
            "by " + one.path("creator").asText(),
            one.path("distance").asInt() == 0 ? "has it" : "has " + one.path("layer").asText());
      }
      table.lines().forEach(line -> terminal().line("  " + line));
      if (assemblies > SHOWN) {
        terminal().line("  `germline dependents` shows more of them");
      }
    }
  }

  private static List<JsonNode> first(JsonNode list) {
    List<JsonNode> first = new ArrayList<>();
    for (int i = 0; i < Math.min(SHOWN, list.size()); i++) {
      first.add(list.get(i));
    }
    return first;
  }
}
