package dev.germline.cli.sharing;

import dev.germline.cli.Surroundings;
import picocli.CommandLine.Command;

@Command(name = "restore", description = "Says that a yanked or revoked layer may be used again.")
public final class RestoreCommand extends StatusCommand {
  public RestoreCommand(Surroundings surroundings) {
    super(surroundings, "active");
  }
}
