package dev.germline.app.metrics;

import dev.germline.app.TestApp;

/** On the stores of all tests. */
final class MetricsIT extends MetricsContract {
  @Override
  TestApp server() {
    return TestApp.get();
  }
}
