package dev.germline.cli.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Json;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "check",
    description = {
      "Says whether layers, with all that they need, may be combined and shipped.",
      "Every reason comes with the way that leads to it."
    },
    exitCodeList = {
      "  0:nothing speaks against it",
      "  1:somebody should look at it",
      "  2:it must not be used so; or wrong usage",
      "  3:the server refused (4xx)",
      "  4:no server answers, or it failed (5xx)"
    })
public final class CheckCommand extends ServerCommand {
  @Parameters(
      paramLabel = "LAYER",
      arity = "1..*",
      description = "NAME, NAME@VERSION or NAME@RANGE, such as acme/chat@^1.2.")
  private List<String> layers = List.of();

  @Option(names = "--commercial", description = "They are to be used commercially.")
  private boolean commercial;

  @Option(names = "--merge", description = "Their weights are to be merged into one model.")
  private boolean merging;

  @Option(names = "--memory", paramLabel = "SIZE", description = "What there is, such as 24GB.")
  private @Nullable String memory;

  @Option(names = "--storage", paramLabel = "SIZE", description = "What there is, such as 1TB.")
  private @Nullable String storage;

  @Option(names = "--accelerator", paramLabel = "KIND", description = "What there is: cuda, ...")
  private @Nullable String accelerator;

  @Option(
      names = "--conflicts",
      paramLabel = "SEVERITY",
      description = "Stated conflicts of at least this severity fail, 0 to 1.")
  private @Nullable Double conflicts;

  @Option(names = "--strict", description = "Unsafe files and unknown licences fail.")
  private boolean strict;

  public CheckCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    JsonNode verdict = connect().post("/api/v1/compatibility", question()).json();
    if (json()) {
      print(verdict);
    } else {
      show(verdict, terminal());
    }
    return switch (verdict.path("outcome").asText()) {
      case "pass" -> ExitCode.OK;
      case "warn" -> ExitCode.WARNED;
      default -> ExitCode.GATE_FAILED;
    };
  }

  private ObjectNode question() {
    ObjectNode question = Json.object();
    layers.forEach(question.putArray("layers")::add);
    ObjectNode policy = question.putObject("policy");
    policy.put("commercial", commercial);
    policy.put("merging", merging);
    policy.put("refuseUnsafe", strict);
    policy.put("refuseUnknownLicense", strict);
    if (conflicts != null) {
      policy.put("conflictSeverity", conflicts);
    }
    ObjectNode limits = question.putObject("limits");
    if (memory != null) {
      limits.put("memoryMb", Amount.bytes("--memory", memory) / 1_000_000);
    }
    if (storage != null) {
      limits.put("storageBytes", Amount.bytes("--storage", storage));
    }
    if (accelerator != null) {
      limits.put("accelerator", accelerator);
    }
    return question;
  }

  /** A verdict for people; assemblies show theirs so too. */
  public static void show(JsonNode verdict, Terminal terminal) {
    String outcome = verdict.path("outcome").asText();
    terminal.line(
        switch (outcome) {
          case "pass" -> terminal.good("PASS") + ": nothing speaks against it";
          case "warn" -> terminal.bold("WARN") + ": look at these";
          default -> terminal.bad("FAIL") + ": it must not be used so";
        });
    for (JsonNode reason : verdict.path("reasons")) {
      String severity = reason.path("severity").asText();
      terminal.line("");
      terminal.line(
          (severity.equals("fail") ? terminal.bad("fail") : terminal.bold("warn"))
              + " "
              + Terminal.plain(reason.path("code").asText()));
      terminal.line("  " + Terminal.plain(reason.path("message").asText()));
      if (reason.path("path").size() > 1) {
        terminal.line(terminal.faint("  by " + Terminal.plain(join(reason.path("path"), " > "))));
      }
    }
    terminal.line("");
    for (JsonNode layer : verdict.path("layers")) {
      terminal.line("  " + Terminal.plain(layer.path("layer").asText()));
    }
    JsonNode terms = verdict.path("terms");
    terminal.line(
        "commercial use: "
            + (terms.path("commercial").isBoolean()
                ? (terms.path("commercial").asBoolean() ? "allowed" : "not allowed")
                : "not known")
            + "; licences: "
            + Terminal.plain(join(terms.path("licenses"), ", ")));
  }

  private static String join(JsonNode texts, String by) {
    List<String> words = new ArrayList<>();
    texts.forEach(text -> words.add(text.asText()));
    return String.join(by, words);
  }
}
