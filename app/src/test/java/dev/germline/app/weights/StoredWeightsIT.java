package dev.germline.app.weights;

import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.testing.TestStores;

class StoredWeightsIT extends StoredWeightsContract {
  @Override
  MysqlEndpoint emptyDatabase() {
    return TestStores.freshMysqlDatabase();
  }
}
