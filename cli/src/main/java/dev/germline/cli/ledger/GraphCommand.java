package dev.germline.cli.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.TaskCommand;
import dev.germline.cli.terminal.Sizes;
import dev.germline.cli.terminal.Terminal;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "graph",
    description = {
      "Shows how far Neo4j follows the ledger, or makes it anew.",
      "status: how far Neo4j follows the ledger.",
      "rebuild: empties it and replays the ledger into it (admins only)."
    })
public final class GraphCommand extends TaskCommand {
  private static final String PATH = "/api/v1/graph";

  enum What {
    STATUS,
    REBUILD;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(paramLabel = "WHAT", description = "${COMPLETION-CANDIDATES}.")
  private What what = What.STATUS;

  public GraphCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    Client client = connect();
    JsonNode graph =
        switch (what) {
          case STATUS -> client.get(PATH);
          case REBUILD ->
              perform(
                  client,
                  "graph rebuild",
                  PATH + "/rebuild",
                  PATH,
                  report -> upToDate(report) || stuck(report));
        };
    if (json()) {
      print(graph);
    } else {
      terminal()
          .line(
              "graph %s at %s of %s"
                  .formatted(
                      Terminal.plain(graph.path("state").asText().toLowerCase(Locale.ROOT)),
                      Sizes.count(graph.path("appliedSequence").asLong()),
                      Sizes.count(graph.path("headSequence").asLong())));
      if (graph.path("lastError").isTextual()) {
        terminal().note("last error: " + Terminal.plain(graph.path("lastError").asText()));
      }
    }
    return what == What.REBUILD && waits() && !upToDate(graph) ? ExitCode.UNREACHABLE : ExitCode.OK;
  }

  private static boolean upToDate(JsonNode graph) {
    return graph.path("state").asText().equals("RUNNING")
        && graph.path("appliedSequence").asLong() >= graph.path("headSequence").asLong();
  }

  private static boolean stuck(JsonNode graph) {
    String state = graph.path("state").asText();
    return state.equals("DIVERGED") || state.equals("CLOSED");
  }
}
