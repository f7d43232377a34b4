package dev.germline.app.weights;

import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.testing.TestStores;

/** On the stores of all tests. */
final class CollectionIT extends CollectionContract {
  @Override
  MysqlEndpoint mysql() {
    return TestStores.freshMysqlDatabase();
  }
}
