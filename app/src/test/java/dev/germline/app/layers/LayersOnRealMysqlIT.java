package dev.germline.app.layers;

import dev.germline.app.TestApp;
import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.testing.RealMysql;
import dev.germline.testing.TestStores;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** The same on MySQL 9 itself; without a graph, which is of the other ledger. */
final class LayersOnRealMysqlIT extends LayersContract {
  private static @Nullable TestApp app;

  @Override
  TestApp server() {
    TestApp running = app;
    if (running == null) {
      MysqlEndpoint mysql = TestStores.freshMysqlDatabase(RealMysql.require());
      running =
          TestApp.start(
              Map.of(
                  "germline.mysql.url", mysql.url(),
                  "germline.mysql.user", mysql.user(),
                  "germline.mysql.password", mysql.password(),
                  "germline.neo4j.uri", "bolt://127.0.0.1:1"));
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
