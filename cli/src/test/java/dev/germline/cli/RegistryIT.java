package dev.germline.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The command line against the real server on real stores. */
class RegistryIT
    implements LayersContract,
        TransfersContract,
        SharingContract,
        AssembliesContract,
        LineageContract,
        MeasurementsContract,
        OperatingContract {
  @TempDir static Path data = Path.of("");
  private static RealServer server = unstarted();

  @TempDir Path work = Path.of("");

  @SuppressWarnings("NullAway") // before the first test
  private static RealServer unstarted() {
    return null;
  }

  @BeforeAll
  static void start() throws IOException {
    server = RealServer.start(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  public RealServer server() {
    return server;
  }

  @Override
  public Path work() {
    return work;
  }
}
