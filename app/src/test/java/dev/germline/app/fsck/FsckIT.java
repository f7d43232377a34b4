package dev.germline.app.fsck;

import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.testing.TestStores;

class FsckIT extends FsckContract {
  @Override
  MysqlEndpoint emptyDatabase() {
    MysqlEndpoint mysql = TestStores.mysql();
    TestStores.wipe();
    return mysql;
  }
}
