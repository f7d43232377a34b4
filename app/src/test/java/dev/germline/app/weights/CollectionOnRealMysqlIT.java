package dev.germline.app.weights;

import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.testing.RealMysql;
import dev.germline.testing.TestStores;

/** The same on MySQL 9 itself. */
final class CollectionOnRealMysqlIT extends CollectionContract {
  @Override
  MysqlEndpoint mysql() {
    return TestStores.freshMysqlDatabase(RealMysql.require());
  }
}
