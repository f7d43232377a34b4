package dev.germline.app.ledger;

import dev.germline.testing.RealMysql;
import dev.germline.testing.TestStores;

/** The same on MySQL 9 itself. */
class LedgerOnRealMysqlIT implements LedgerContract {
  private final FreshDatabase fresh =
      new FreshDatabase(TestStores.freshMysqlDatabase(RealMysql.require()));

  @Override
  public FreshDatabase fresh() {
    return fresh;
  }
}
