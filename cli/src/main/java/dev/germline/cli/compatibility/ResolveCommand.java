package dev.germline.cli.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Json;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.terminal.Table;
import dev.germline.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "resolve",
    description = "Finds the versions of layers, and of all they need, that go together.",
    exitCodeList = {
      "  0:found",
      "  2:there are none, and why; or wrong usage",
      "  3:the server refused (4xx)",
      "  4:no server answers, or it failed (5xx)"
    })
public final class ResolveCommand extends ServerCommand {
  @Parameters(
      paramLabel = "LAYER",
      arity = "1..*",
      description = "NAME, NAME@VERSION or NAME@RANGE, such as acme/chat@^1.2.")
  private List<String> layers = List.of();

  public ResolveCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    ObjectNode question = Json.object();
    layers.forEach(question.putArray("layers")::add);
    JsonNode answer = connect().post("/api/v1/compatibility/resolve", question).json();
    boolean resolved = answer.path("resolved").asBoolean();
    ExitCode exit = resolved ? ExitCode.OK : ExitCode.GATE_FAILED;
    if (json()) {
      print(answer);
      return exit;
    }
    Terminal terminal = terminal();
    if (resolved) {
      Table table = new Table("<<");
      for (JsonNode layer : answer.path("layers")) {
        List<String> path = new ArrayList<>();
        layer.path("path").forEach(step -> path.add(step.asText()));
        path.removeLast();
        table.row(
            layer.path("layer").asText(),
            path.isEmpty() ? "" : "needed by " + String.join(" > ", path));
      }
      table.lines().forEach(terminal::line);
    } else {
      terminal.line(terminal.bad("there is no combination") + ":");
      answer.path("because").forEach(r -> terminal.line("  - " + Terminal.plain(r.asText())));
      terminal.line("");
      int number = 0;
      for (JsonNode step : answer.path("steps")) {
        number++;
        terminal.line("  (" + number + ") " + Terminal.plain(step.asText()));
      }
    }
    return exit;
  }
}
