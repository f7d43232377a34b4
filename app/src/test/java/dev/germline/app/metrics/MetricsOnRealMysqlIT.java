package dev.germline.app.metrics;

import static dev.germline.app.TestApp.unique;

import dev.germline.app.AppOnRealMysql;
import dev.germline.app.TestApp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same on MySQL 9 itself, with the graph of all tests to itself. */
final class MetricsOnRealMysqlIT implements MetricsContract {
  @RegisterExtension static final AppOnRealMysql APP = new AppOnRealMysql();

  private final String ns = unique("metrics");
  private final Instant began = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  @Override
  public TestApp app() {
    return APP.get();
  }

  @Override
  public String ns() {
    return ns;
  }

  @Override
  public Instant began() {
    return began;
  }
}
