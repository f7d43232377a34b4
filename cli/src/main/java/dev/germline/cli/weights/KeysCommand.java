package dev.germline.cli.weights;

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
    name = "keys",
    description = {
      "The keys of encryption at rest (admins only).",
      "status: how many data keys each master key wraps.",
      "rotate: wraps every data key by the first of GERMLINE_MASTER_KEYS; no weights are rewritten."
    })
public final class KeysCommand extends TaskCommand {
  private static final String PATH = "/api/v1/keys/rotation";

  enum What {
    STATUS,
    ROTATE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(paramLabel = "WHAT", description = "${COMPLETION-CANDIDATES}.")
  private What what = What.STATUS;

  public KeysCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    Client client = connect();
    JsonNode report =
        switch (what) {
          case STATUS -> client.get(PATH);
          case ROTATE -> perform(client, "key rotation", PATH, PATH);
        };
    if (json()) {
      print(report);
    } else {
      show(report);
    }
    return what == What.ROTATE && waits() && !report.path("complete").asBoolean()
        ? ExitCode.UNREACHABLE
        : ExitCode.OK;
  }

  private void show(JsonNode report) {
    Terminal terminal = terminal();
    if (what == What.ROTATE) {
      terminal.line(
          "rotation %s, %s data keys wrapped anew"
              .formatted(
                  Terminal.plain(report.path("state").asText().toLowerCase(Locale.ROOT)),
                  Sizes.count(report.path("rewrapped").asLong())));
    }
    JsonNode wraps = report.path("wraps");
    if (wraps.isEmpty()) {
      terminal.line("there are no data keys: nothing is encrypted yet");
    }
    wraps
        .properties()
        .forEach(entry ->
            terminal.line(
                "master key %s wraps %s data keys"
                    .formatted(
                        Terminal.plain(entry.getKey()), Sizes.count(entry.getValue().asLong()))));
    for (JsonNode failure : report.path("failures")) {
      terminal.line("  " + terminal.bad(Terminal.plain(failure.asText())));
    }
  }
}
