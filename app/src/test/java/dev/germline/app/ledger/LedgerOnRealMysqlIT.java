package dev.germline.app.ledger;

import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.testing.RealMysql;
import dev.germline.testing.TestStores;

/** The same on MySQL 9 itself. */
class LedgerOnRealMysqlIT extends LedgerContract {
  @Override
  MysqlEndpoint freshDatabase() {
    return TestStores.freshMysqlDatabase(RealMysql.require());
  }
}
