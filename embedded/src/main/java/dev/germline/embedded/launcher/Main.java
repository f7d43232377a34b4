package dev.germline.embedded.launcher;

import dev.germline.embedded.stores.Trouble;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The words of {@code ./germline} that are about this machine's servers; all others are the CLI's.
 */
@Command(
    name = "germline",
    description = "Runs Germline on this machine: Neo4j, MariaDB, S3Proxy and the app.",
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      LogsCommand.class,
    })
final class Main {
  static final int USAGE = 64;

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(line().execute(arguments));
  }

  /** The words, ready to be executed; the result is an exit code of the footer above. */
  static CommandLine line() {
    CommandLine line = new CommandLine(new Main());
    line.setParameterExceptionHandler((e, args) -> {
      e.getCommandLine().getErr().println("germline: " + e.getMessage());
      return USAGE;
    });
    line.setExecutionExceptionHandler((e, commandLine, parsed) -> {
      if (e instanceof Trouble trouble) {
        commandLine.getErr().println("germline: " + trouble.getMessage());
        return trouble.kind().exitCode();
      }
      throw e;
    });
    return line;
  }

  /** Where the data are: {@code --data}, else GERMLINE_HOME, else ~/.germline. */
  static final class DataOption {
    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Shows this.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Option(
        names = "--data",
        paramLabel = "DIR",
        description = "Data directory (default: $GERMLINE_HOME, else ~/.germline).")
    private @Nullable Path dir;

    Path dir() {
      if (dir != null) {
        return dir.toAbsolutePath().normalize();
      }
      String home = System.getenv("GERMLINE_HOME");
      return home != null && !home.isBlank()
          ? Path.of(home).toAbsolutePath().normalize()
          : Path.of(System.getProperty("user.home"), ".germline");
    }
  }
}
