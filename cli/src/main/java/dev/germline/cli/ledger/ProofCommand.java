package dev.germline.cli.ledger;

import dev.germline.cli.ExitCode;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Answer;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.Json;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.terminal.Sizes;
import dev.germline.core.layers.LayerName;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "proof",
    description = {
      "Fetches the proof bundle of a layer.",
      "It is all that `germline verify` needs beside the files and the public key. Without -o it",
      "goes to standard output."
    })
public final class ProofCommand extends ServerCommand {
  @Parameters(paramLabel = "NAME@VERSION", description = "Such as baai/bge-small-en@1.5.0.")
  private String name = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to write it.")
  private @Nullable Path output;

  public ProofCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    Answer bundle = connect().bytes(Client.layer(LayerName.parse(name)) + "/proof");
    if (output == null) {
      // Byte for byte: a bundle is canonical, and verify refuses even one newline more.
      surroundings().out().write(bundle.bytes(), 0, bundle.bytes().length);
      return ExitCode.OK;
    }
    Output.write(output, bundle.bytes());
    if (json()) {
      print(Json.object().put("file", output.toString()).put("bytes", bundle.bytes().length));
    } else {
      terminal().line("wrote " + output + " (" + Sizes.bytes(bundle.bytes().length) + ")");
    }
    return ExitCode.OK;
  }
}
