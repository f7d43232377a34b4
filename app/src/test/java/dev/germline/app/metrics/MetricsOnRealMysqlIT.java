package dev.germline.app.metrics;

import static dev.germline.app.TestApp.unique;

import dev.germline.app.TestApp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** The same on MySQL 9 itself, with the graph of all tests to itself. */
final class MetricsOnRealMysqlIT implements MetricsContract {
  private static @Nullable TestApp app;

  private final String ns = unique("metrics");
  private final Instant began = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  @Override
  public TestApp app() {
    TestApp running = app;
    if (running == null) {
      running = TestApp.startOnRealMysql();
      app = running;
    }
    return running;
  }

  @Override
  public String ns() {
    return ns;
  }

  @Override
  public Instant began() {
    return began;
  }

  @AfterAll
  static void stop() {
    if (app != null) {
      app.close();
    }
  }
}
