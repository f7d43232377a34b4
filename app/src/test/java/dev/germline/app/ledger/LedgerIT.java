package dev.germline.app.ledger;

import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.testing.TestStores;

class LedgerIT extends LedgerContract {
  @Override
  MysqlEndpoint freshDatabase() {
    return TestStores.freshMysqlDatabase();
  }
}
