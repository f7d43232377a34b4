package dev.germline.cli.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.ServerCommand;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "key",
    description = {
      "Prints the server's public key (PEM), with which proofs are verified.",
      "Keep it from a time you trusted the server: a key fetched with the proof proves nothing."
    })
public final class KeyCommand extends ServerCommand {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write it there.")
  private @Nullable Path output;

  public KeyCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    JsonNode key = connect().get("/api/v1/ledger/key");
    String pem = PublicKey.of(key).toPem();
    if (output != null) {
      Output.write(output, pem.getBytes(StandardCharsets.US_ASCII));
    }
    if (json()) {
      print(key);
    } else if (output == null) {
      terminal().line(pem.strip());
    } else {
      terminal().line("wrote " + output + " (device " + key.path("deviceId").asText() + ")");
    }
    return ExitCode.OK;
  }
}
