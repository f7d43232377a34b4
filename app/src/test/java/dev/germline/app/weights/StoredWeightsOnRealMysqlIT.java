package dev.germline.app.weights;

import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.testing.RealMysql;
import dev.germline.testing.TestStores;

class StoredWeightsOnRealMysqlIT extends StoredWeightsContract {
  @Override
  MysqlEndpoint emptyDatabase() {
    return TestStores.freshMysqlDatabase(RealMysql.require());
  }
}
