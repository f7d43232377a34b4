package dev.germline.app.layers;

import dev.germline.app.TestApp;
import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.testing.RealMysql;
import dev.germline.testing.TestStores;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** The same on MySQL 9 itself, with the graph of all tests to itself. */
final class SharedWeightsOnRealMysqlIT extends SharedWeightsContract {
  private static @Nullable TestApp app;

  @Override
  TestApp server() {
    TestApp running = app;
    if (running == null) {
      MysqlEndpoint server = RealMysql.require();
      TestApp.stop();
      TestStores.neo4j();
      TestStores.wipe();
      MysqlEndpoint mysql = TestStores.freshMysqlDatabase(server);
      running =
          TestApp.start(
              Map.of(
                  "germline.mysql.url", mysql.url(),
                  "germline.mysql.user", mysql.user(),
                  "germline.mysql.password", mysql.password()));
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
