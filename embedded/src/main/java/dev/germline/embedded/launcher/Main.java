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
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExit codes:%n",
    footer = {
      "   0  done (status: up)",
      "   1  something nobody foresaw; the trace is in the output",
      "   3  status: not up",
      "  64  wrong usage",
      "  65  the data directory is damaged",
      "  69  no JDK 25, or not built",
      "  70  a part does not start, or keeps ending by itself",
      "  71  a port asked for is in use",
      "  72  the build failed",
      "  73  the data directory cannot be written",
      "  74  the disk is full",
      "  75  the data directory is in use by another instance",
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
