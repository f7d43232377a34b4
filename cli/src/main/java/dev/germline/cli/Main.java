package dev.germline.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.cli.terminal.Terminal;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code germline}: the words that talk to a server, and {@code verify}, which talks to nobody. */
@Command(
    name = "germline",
    description = "A registry for AI models: push, pull, lineage, proofs.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%n",
    footer = {
      "The server is the one of --data DIR, $GERMLINE_SERVER, $GERMLINE_HOME or ~/.germline;",
      "the token is that of --token-file, $GERMLINE_TOKEN or the data directory.",
      "On this machine: `germline up`, `down`, `status`, `logs`."
    })
final class Main extends CliCommand {
  private Main(Surroundings surroundings) {
    super(surroundings);
  }

  public static void main(String[] arguments) {
    StandardError.takeBack();
    Surroundings surroundings = Surroundings.ofProcess();
    int exit = run(surroundings, arguments);
    surroundings.out().flush();
    surroundings.err().flush();
    // Idle threads must not keep a finished command.
    Runtime.getRuntime().exit(exit);
  }

  /** Runs one command line and returns its exit code. */
  static int run(Surroundings surroundings, String... arguments) {
    CommandLine line = new CommandLine(new Main(surroundings));
    line.getCommandSpec().version("germline " + Main.class.getPackage().getImplementationVersion());
    Commands.addTo(line, surroundings, arguments);
    boolean json = List.of(arguments).contains("--json");
    Terminal terminal = Terminal.of(surroundings, json);
    line.setOut(terminal.outWriter());
    line.setErr(terminal.errWriter());
    line.setColorScheme(CommandLine.Help.defaultColorScheme(terminal.ansi()));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler((wrong, args) -> usage(terminal, json, wrong));
    line.setExecutionExceptionHandler((thrown, command, parsed) -> ended(terminal, json, thrown));
    try {
      return line.execute(arguments);
    } finally {
      surroundings.out().flush();
      surroundings.err().flush();
    }
  }

  @Override
  protected ExitCode run() {
    CommandLine line = new CommandLine(new Main(surroundings()));
    Commands.addTo(line, surroundings());
    line.setColorScheme(CommandLine.Help.defaultColorScheme(terminal().ansi()));
    line.usage(surroundings().out());
    return ExitCode.USAGE;
  }

  private static int usage(Terminal terminal, boolean json, ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    String hint = "`" + command.getCommandSpec().qualifiedName() + " --help` shows how";
    if (wrong instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      hint = "did you mean: " + String.join(", ", unmatched.getSuggestions()) + "?";
    }
    return report(
        terminal,
        json,
        new Stop(
            ExitCode.USAGE,
            String.valueOf(wrong.getMessage()).replaceAll("\\s*\\R\\s*", "; "),
            hint));
  }

  private static int ended(Terminal terminal, boolean json, Exception thrown) {
    return switch (thrown) {
      case Stop stop -> report(terminal, json, stop);
      case GermlineException refused -> report(terminal, json, local(refused));
      default -> {
        int exit =
            report(
                terminal,
                json,
                new Stop(
                    ExitCode.DEFECT,
                    "a defect of Germline: " + thrown,
                    terminal.debug() ? null : "GERMLINE_DEBUG=1 shows where"));
        if (terminal.debug()) {
          thrown.printStackTrace(terminal.errWriter());
          terminal.errWriter().flush();
        }
        yield exit;
      }
    };
  }

  /** The rules of core, broken by what was typed or by a file of this machine. */
  private static Stop local(GermlineException refused) {
    Fault fault = refused.fault();
    boolean file = fault == Fault.FILE_INVALID || fault == Fault.LIMIT_EXCEEDED;
    return new Stop(file ? ExitCode.LOCAL : ExitCode.USAGE, refused.detail());
  }

  private static int report(Terminal terminal, boolean json, Stop stop) {
    if (json) {
      ObjectNode error = JsonNodeFactory.instance.objectNode();
      error.put("exitCode", stop.exit().code());
      error.put("message", stop.line());
      putUnlessNull(error, "hint", stop.hint());
      if (stop.problem() != null) {
        error.set("problem", stop.problem());
      }
      terminal
          .errWriter()
          .println(JsonNodeFactory.instance.objectNode().set("error", error).toString());
      terminal.errWriter().flush();
    } else {
      terminal.fail(stop.line(), stop.hint());
    }
    return stop.exit().code();
  }

  private static void putUnlessNull(ObjectNode node, String member, @Nullable String value) {
    if (value != null) {
      node.put(member, value);
    }
  }

  /** The first word that is not an option, which names the command. */
  static String word(String... arguments) {
    return Arrays.stream(arguments)
        .filter(argument -> !argument.startsWith("-"))
        .findFirst()
        .orElse("");
  }
}
