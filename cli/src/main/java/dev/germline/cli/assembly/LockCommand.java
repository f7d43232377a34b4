package dev.germline.cli.assembly;

import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.terminal.Terminal;
import dev.germline.core.assembly.LockFile;
import dev.germline.core.layers.LayerName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "lock",
    description = {
      "Writes what an assembly is made of, every record and file by its hash.",
      "`germline pull --lock FILE` brings exactly these bytes, or nothing."
    })
public final class LockCommand extends ServerCommand {
  @Parameters(paramLabel = "NAME@VERSION", description = "The assembly.")
  private String name = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to (default: standard output).")
  private @Nullable Path output;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "lock",
      description = "lock, mergekit or peft (default: ${DEFAULT-VALUE}).")
  private String format = "lock";

  public LockCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    LayerName assembly = LayerName.parse(name);
    if (!format.matches("lock|mergekit|peft")) {
      throw new Stop(ExitCode.USAGE, "--format is lock, mergekit or peft, and not " + format);
    }
    byte[] bytes =
        connect()
            .bytes(
                "/api/v1/assemblies"
                    + Client.path(
                        assembly.namespace(), assembly.name(), assembly.version().toString())
                    + "/"
                    + format)
            .bytes();
    int layers = format.equals("lock") ? LockFile.parse(bytes).layers().size() : 0;
    if (output == null) {
      surroundings().out().println(new String(bytes, StandardCharsets.UTF_8));
      return ExitCode.OK;
    }
    try {
      Files.write(output, bytes);
    } catch (IOException failed) {
      throw new Stop(
          ExitCode.LOCAL, "cannot write " + output + ": " + failed.getMessage(), null, failed);
    }
    terminal()
        .note(
            Terminal.plain(
                "wrote " + output + (layers == 0 ? "" : ", which pins " + layers + " layers")));
    return ExitCode.OK;
  }
}
