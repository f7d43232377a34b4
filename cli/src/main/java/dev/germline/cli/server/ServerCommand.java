package dev.germline.cli.server;

import dev.germline.cli.CliCommand;
import dev.germline.cli.Surroundings;
import picocli.CommandLine.Mixin;

/** A command that asks a server. */
public abstract class ServerCommand extends CliCommand {
  @Mixin private final ServerOptions server = new ServerOptions();

  protected ServerCommand(Surroundings surroundings) {
    super(surroundings);
  }

  protected final Client connect() {
    return server.connect(surroundings());
  }

  protected final ServerOptions.Location locate() {
    return server.locate(surroundings());
  }
}
