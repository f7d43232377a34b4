package dev.germline.app;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server of one test class on MySQL 9 itself, with the graph of all tests to itself: begun by the
 * first test that asks, closed after the last.
 */
public final class AppOnRealMysql implements AfterAllCallback {
  private @Nullable TestApp running;

  /** The server; where MySQL 9 cannot be had the test is skipped. */
  public TestApp get() {
    TestApp app = running;
    if (app == null) {
      app = TestApp.startOnRealMysql();
      running = app;
    }
    return app;
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (running != null) {
      running.close();
    }
  }
}
