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

@Command(
    name = "scrub",
    description = {
      "Reads all stored weights back from every replica, hashes them, and repairs what a replica",
      "lacks or has damaged from one that has it whole. Exit code 1 when something is lost or could",
      "not be repaired (admins only)."
    })
public final class ScrubCommand extends TaskCommand {
  private static final String PATH = "/api/v1/scrub";

  public ScrubCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    Client client = connect();
    JsonNode report = perform(client, "scrub", PATH, PATH);
    if (json()) {
      print(report);
    } else {
      show(report);
    }
    boolean done = report.path("state").asText().equals("DONE");
    return done && !report.path("clean").asBoolean() ? ExitCode.NOT_VERIFIED : ExitCode.OK;
  }

  private void show(JsonNode report) {
    Terminal terminal = terminal();
    if (!report.path("state").asText().equals("DONE")) {
      terminal.line(
          "scrub is running: %s of %s segments"
              .formatted(count(report, "segments"), count(report, "dueSegments")));
      return;
    }
    terminal.line(
        report.path("clean").asBoolean() ? terminal.good("whole") : terminal.bad("not whole"));
    terminal.line(
        "  %s segments, %s: %s missing, %s damaged, %s repaired, %s not reached, %s lost"
            .formatted(
                count(report, "segments"),
                Sizes.bytes(report.path("bytes").asLong()),
                count(report, "missing"),
                count(report, "damaged"),
                count(report, "repaired"),
                count(report, "unreachable"),
                count(report, "lostSegments")));
    if (report.path("problem").isTextual()) {
      terminal.line("  " + terminal.bad(Terminal.plain(report.path("problem").asText())));
    }
    for (JsonNode finding : report.path("findings")) {
      terminal.line(
          "  %s  segment %s in %s%s"
              .formatted(
                  Terminal.plain(finding.path("condition").asText().toLowerCase(Locale.ROOT)),
                  Terminal.plain(finding.path("segment").asText()),
                  Terminal.plain(finding.path("replica").asText()),
                  finding.path("repaired").asBoolean() ? ", repaired" : ""));
    }
    for (JsonNode lost : report.path("lost")) {
      terminal.line(
          terminal.bad("  lost") + "  segment " + Terminal.plain(lost.path("segment").asText()));
      lost.path("files").forEach(file -> terminal.line("    " + file(file)));
    }
  }

  private static String file(JsonNode file) {
    String name =
        file.path("layer").isTextual()
            ? file.path("layer").asText() + " " + file.path("path").asText()
            : "blob " + file.path("blake3").asText() + ", of no layer";
    StringBuilder tensors = new StringBuilder();
    for (JsonNode tensor : file.path("tensors")) {
      tensors.append(tensors.isEmpty() ? ": " : ", ").append(tensor.asText());
    }
    return Terminal.plain(name + tensors);
  }

  private static String count(JsonNode report, String field) {
    return Sizes.count(report.path(field).asLong());
  }
}
