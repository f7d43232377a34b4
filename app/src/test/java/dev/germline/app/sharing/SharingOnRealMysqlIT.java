package dev.germline.app.sharing;

import static dev.germline.app.TestApp.unique;

import dev.germline.app.TestApp;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** The same on MySQL 9 itself, with the graph of all tests to itself. */
final class SharingOnRealMysqlIT implements SharingContract {
  private static @Nullable TestApp app;

  private final String ns = unique("ns");

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

  @AfterAll
  static void stop() {
    if (app != null) {
      app.close();
    }
  }
}
