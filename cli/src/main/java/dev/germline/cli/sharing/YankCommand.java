package dev.germline.cli.sharing;

import dev.germline.cli.Surroundings;
import picocli.CommandLine.Command;

@Command(
    name = "yank",
    description = "Says that a layer should not be chosen any more; who pinned it keeps it.")
public final class YankCommand extends StatusCommand {
  public YankCommand(Surroundings surroundings) {
    super(surroundings, "yanked");
  }
}
