package dev.germline.cli.sharing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
    name = "submissions",
    description = {
      "Lists layers offered to the registry; of one, its history; with --event, lets it go on.",
      "Events: start-review, request-changes, accept, reject (an admin's); resubmit, withdraw (the",
      "submitter's)."
    })
public final class SubmissionsCommand extends ServerCommand {
  @Parameters(arity = "0..1", paramLabel = "ID", description = "Only this one.")
  private @Nullable String id;

  @Option(names = "--state", paramLabel = "STATE", description = "Only those in this state.")
  private @Nullable String state;

  @Option(names = "--event", paramLabel = "EVENT", description = "What is to happen to it.")
  private @Nullable String event;

  @Option(names = "--note", paramLabel = "TEXT", description = "What to say with the event.")
  private @Nullable String note;

  public SubmissionsCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    Client client = connect();
    String of = id;
    if (of == null) {
      if (event != null) {
        throw new Stop(ExitCode.USAGE, "--event happens to one submission; give its id");
      }
      JsonNode list =
          client.get(
              "/api/v1/submissions" + (state == null ? "" : "?state=" + Client.encode(state)));
      if (json()) {
        print(list);
      } else {
        Table table = new Table("<<<<");
        list.path("items").forEach(item -> row(table, item));
        table.lines().forEach(terminal()::line);
      }
      return ExitCode.OK;
    }
    String path = Client.path("api", "v1", "submissions", of);
    JsonNode submission = event == null ? client.get(path) : act(client, path, event);
    if (json()) {
      print(submission);
      return ExitCode.OK;
    }
    Table table = new Table("<<<<");
    row(table, submission);
    for (JsonNode step : submission.path("history")) {
      table.row(
          "  " + step.path("at").asText(),
          step.path("event").asText(),
          step.path("by").asText(),
          step.path("note").asText(""));
    }
    table.lines().forEach(terminal()::line);
    return ExitCode.OK;
  }

  private JsonNode act(Client client, String path, String what) {
    ObjectNode body = Json.object();
    body.put("event", what);
    if (note != null) {
      body.put("note", note);
    }
    return client.post(path + "/events", body).json();
  }

  private static void row(Table table, JsonNode submission) {
    table.row(
        submission.path("id").asText(),
        submission.path("state").asText(),
        submission.path("submitter").asText(),
        submission.path("layer").asText());
  }
}
