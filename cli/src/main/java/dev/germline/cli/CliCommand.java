package dev.germline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What every command has. The description of the exit codes is here once. */
@Command(
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nArguments:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  0:done, and everything asked for holds",
      "  1:a proof or file does not verify; fsck found something",
      "  2:wrong usage",
      "  3:the server refused (4xx)",
      "  4:no server answers, or it failed (5xx)",
      "  5:a file of this machine cannot be read or written",
      " 70:a defect of Germline",
      "130:interrupted"
    })
public abstract class CliCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  protected CliCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Does it; an exit code of {@link ExitCode} other than OK for an answer that is a "no". */
  protected abstract ExitCode run();

  /** Lets go of what the command holds; called when it ends, in whatever way. */
  protected void release() {}

  @Override
  public final Integer call() {
    try {
      return run().code();
    } finally {
      release();
    }
  }

  protected final Surroundings surroundings() {
    return surroundings;
  }

  protected final boolean json() {
    return json;
  }

  protected final Terminal terminal() {
    return Terminal.of(surroundings, json);
  }

  /** The one line of JSON that {@code --json} asks for. */
  protected final void print(JsonNode tree) {
    surroundings.out().println(tree);
  }
}
