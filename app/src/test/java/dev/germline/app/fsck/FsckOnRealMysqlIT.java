package dev.germline.app.fsck;

import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.testing.RealMysql;
import dev.germline.testing.TestStores;

/** The same on MySQL 9 itself. */
class FsckOnRealMysqlIT extends FsckContract {
  @Override
  MysqlEndpoint emptyDatabase() {
    MysqlEndpoint server = RealMysql.require();
    TestStores.wipe();
    return TestStores.freshMysqlDatabase(server);
  }
}
