package dev.germline.app.sharing;

import dev.germline.app.TestApp;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** The same on MySQL 9 itself, with the graph of all tests to itself. */
final class SharingOnRealMysqlIT extends SharingContract {
  private static @Nullable TestApp app;

  @Override
  TestApp server() {
    TestApp running = app;
    if (running == null) {
      running = TestApp.startOnRealMysql();
      app = running;
    }
    return running;
  }

  @AfterAll
  static void stop() {
    if (app != null) {
      app.close();
    }
  }
}
