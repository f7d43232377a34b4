package dev.germline.cli.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.cli.CliCommand;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import dev.germline.cli.Surroundings;
import dev.germline.cli.layers.Withdrawal;
import dev.germline.cli.ledger.FileCheck.Finding;
import dev.germline.cli.ledger.FileCheck.Standing;
import dev.germline.cli.server.Json;
import dev.germline.cli.terminal.Sizes;
import dev.germline.cli.terminal.Terminal;
import dev.germline.core.layers.LayerFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    description = {
      "Checks offline that files are the ones of a published layer.",
      "The bundle proves the signature and the layer's place in the signed state, and the",
      "layer names every byte of the files.",
      "Needs no server and asks none, except with --current."
    })
public final class VerifyCommand extends CliCommand {
  @Parameters(index = "0", paramLabel = "BUNDLE", description = "What `germline proof` wrote.")
  private Path bundle = Path.of("");

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "PATH",
      description = "A folder with all files of the layer, or single files of it (default: none).")
  private List<Path> paths = new ArrayList<>();

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE|BASE64",
      description = "The public key that must have signed; `germline key -o FILE` wrote it.")
  private String key = "";

  @Option(names = "--strict", description = "Files that are not of the layer fail too.")
  private boolean strict;

  @Mixin private final CurrentStatus current = new CurrentStatus();

  public VerifyCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    return switch (OfflineVerification.check(read(), PublicKey.read(key))) {
      case OfflineVerification.Outcome.Refuted(String reason) -> refuted(reason);
      case OfflineVerification.Outcome.Proven proven -> {
        List<Finding> findings = findings(proven.layer().manifest().files());
        JsonNode now = current.ask(surroundings(), proven.layer().name(), proven.digest());
        boolean valid =
            !now.path("status").asText().equals("revoked")
                && findings.stream()
                    .map(Finding::standing)
                    .allMatch(standing ->
                        standing == Standing.OK || (standing == Standing.EXTRA && !strict));
        report(proven, findings, now, valid);
        yield valid ? ExitCode.OK : ExitCode.NOT_VERIFIED;
      }
    };
  }

  private byte[] read() {
    try {
      return Files.readAllBytes(bundle);
    } catch (IOException e) {
      throw new Stop(ExitCode.LOCAL, "cannot read " + bundle + ": " + e.getMessage(), null, e);
    }
  }

  private List<Finding> findings(List<LayerFile> files) {
    FileCheck check = new FileCheck(terminal());
    if (paths.size() == 1 && Files.isDirectory(paths.getFirst())) {
      return check.folder(files, paths.getFirst());
    }
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        throw new Stop(ExitCode.USAGE, path + " is a folder; give one folder, or files");
      }
    }
    return check.files(files, paths);
  }

  private ExitCode refuted(String reason) {
    if (json()) {
      print(Json.object().put("valid", false).put("reason", reason));
    } else {
      terminal()
          .line(terminal().bad("NOT VERIFIED") + "  " + Terminal.plain(bundle + ": " + reason));
    }
    return ExitCode.NOT_VERIFIED;
  }

  private void report(
      OfflineVerification.Outcome.Proven proven,
      List<Finding> findings,
      JsonNode now,
      boolean valid) {
    String signed = Instant.ofEpochMilli(proven.root().timestampMillis()).toString();
    if (json()) {
      ObjectNode json = Json.object();
      json.put("valid", valid);
      json.put("layer", proven.layer().name().toString());
      json.put("digest", proven.digest().toHex());
      json.put("sequence", proven.root().sequence());
      json.put("root", proven.root().hash().toHex());
      json.put("device", proven.root().device().toString());
      json.put("signedAt", signed);
      if (now.has("status")) {
        json.put("status", now.path("status").asText());
        if (now.has("because")) {
          json.set("because", now.get("because"));
        }
      }
      ArrayNode files = json.putArray("files");
      for (Finding finding : findings) {
        ObjectNode file = files.addObject();
        file.put("path", finding.path());
        file.put("standing", finding.standing().name().toLowerCase(Locale.ROOT));
        ArrayNode details = file.putArray("details");
        finding.details().forEach(details::add);
      }
      print(json);
      return;
    }
    Terminal terminal = terminal();
    terminal.line(
        (valid ? terminal.good("verified") : terminal.bad("NOT VERIFIED"))
            + "  "
            + terminal.bold(proven.layer().name().toString()));
    terminal.line("  record    " + proven.digest().toHex());
    terminal.line(
        "  signed    state "
            + proven.root().sequence()
            + " by "
            + proven.root().device()
            + " at "
            + signed);
    terminal.line("  root      " + proven.root().hash().toHex());
    if (now.has("status")) {
      terminal.line("  status    " + Terminal.plain(Withdrawal.why(now)));
    }
    for (Finding finding : findings) {
      terminal.line("  " + line(terminal, finding));
      finding.details().forEach(detail -> terminal.line("            " + Terminal.plain(detail)));
    }
    long unchecked =
        proven.layer().manifest().files().size()
            - findings.stream().filter(finding -> finding.standing() != Standing.EXTRA).count();
    if (unchecked > 0) {
      terminal.line("  " + unchecked + " of the layer's files were not given and not checked");
    }
  }

  private static String line(Terminal terminal, Finding finding) {
    String path = Terminal.plain(finding.path());
    return switch (finding.standing()) {
      case OK -> terminal.good("ok       ") + " " + path + "  " + Sizes.bytes(finding.size());
      case DIFFERS -> terminal.bad("DIFFERS  ") + " " + path;
      case MISSING -> terminal.bad("MISSING  ") + " " + path;
      case EXTRA -> "extra     " + path + "  (not of the layer)";
    };
  }
}
