package dev.germline.embedded.launcher;

import dev.germline.embedded.stores.Dist;
import dev.germline.embedded.stores.Part;
import dev.germline.embedded.stores.Settings;
import dev.germline.embedded.stores.Trouble;
import dev.germline.embedded.stores.Trouble.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "up",
    description = "Starts everything and stays in the foreground; Ctrl-C stops everything.",
    footerHeading = "%nEnvironment:%n",
    footer = {
      "  GERMLINE_HOME     the data directory, without --data",
      "  GERMLINE_APP_JVM  JVM options of the app, for example -Xmx1g",
      "",
      "Exit codes of up, down, status and logs:",
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
final class UpCommand implements Callable<Integer> {
  @Mixin private Main.DataOption data = new Main.DataOption();

  @Option(names = "-d", description = "Run in the background; returns when everything is ready.")
  private boolean background;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The app's port; refused when in use (default: 8080, or any free one).")
  private int port;

  @Option(names = "--stores", description = "Only the stores, without the app.")
  private boolean storesOnly;

  @Option(names = "--unless-up", hidden = true, description = "Do nothing when already up.")
  private boolean unlessUp;

  @Option(
      names = "--neo4j-heap",
      paramLabel = "MIB",
      defaultValue = "256",
      description = "Heap of Neo4j (default: ${DEFAULT-VALUE} MiB).")
  private int neo4jHeap;

  @Override
  public Integer call() throws IOException {
    Path dir = data.dir();
    Optional<State> running = State.running(dir);
    if (running.isPresent()) {
      if (unlessUp) {
        return Background.awaitReady(dir, running.get().supervisor());
      }
      throw new Trouble(
          Kind.IN_USE,
          "already up on %s (process %d): `germline down` stops it, --data DIR uses another directory"
              .formatted(dir, running.get().supervisor().pid()));
    }
    if (background) {
      return Background.start(dir, arguments(dir));
    }
    Settings settings =
        Settings.stores(dir)
            .withCustomaryPorts(port)
            .withNeo4jHeapMiB(neo4jHeap)
            .withAppJvm(words(System.getenv("GERMLINE_APP_JVM")));
    return new Supervisor(storesOnly ? settings.withParts(Part.stores()) : settings.withApp())
        .run();
  }

  private List<String> arguments(Path dir) {
    Dist.locate();
    String stores = storesOnly ? "--stores" : "";
    return Arrays.stream(
            new String[] {
              "up", "--data=" + dir, "--port=" + port, "--neo4j-heap=" + neo4jHeap, stores
            })
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private static List<String> words(@org.jspecify.annotations.Nullable String options) {
    return options == null || options.isBlank()
        ? List.of()
        : List.of(options.strip().split("\\s+"));
  }
}
