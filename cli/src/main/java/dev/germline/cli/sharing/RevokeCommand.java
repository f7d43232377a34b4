package dev.germline.cli.sharing;

import dev.germline.cli.Surroundings;
import picocli.CommandLine.Command;

@Command(
    name = "revoke",
    description = "Says that a layer must not be used any more, pinned or not.")
public final class RevokeCommand extends StatusCommand {
  public RevokeCommand(Surroundings surroundings) {
    super(surroundings, "revoked");
  }
}
