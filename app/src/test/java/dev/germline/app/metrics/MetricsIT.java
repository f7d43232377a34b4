package dev.germline.app.metrics;

import static dev.germline.app.TestApp.unique;

import dev.germline.app.TestApp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** On the stores of all tests. */
final class MetricsIT implements MetricsContract {
  private final String ns = unique("metrics");
  private final Instant began = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  @Override
  public TestApp app() {
    return TestApp.get();
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
