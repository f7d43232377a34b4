package dev.germline.cli.server;

import dev.germline.cli.CliCommand;
import dev.germline.cli.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** A command that asks a server. */
public abstract class ServerCommand extends CliCommand {
  @Mixin private final ServerOptions server = new ServerOptions();

  private @Nullable Client client;

  protected ServerCommand(Surroundings surroundings) {
    super(surroundings);
  }

  protected final Client connect() {
    Client connected = server.connect(surroundings());
    client = connected;
    return connected;
  }

  @Override
  protected final void release() {
    if (client != null) {
      client.close();
    }
  }

  protected final ServerOptions.Location locate() {
    return server.locate(surroundings());
  }
}
