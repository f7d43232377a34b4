package dev.germline.app.ledger;

import dev.germline.testing.TestStores;

/** On the stores of all tests. */
class LedgerIT implements LedgerContract {
  private final FreshDatabase fresh = new FreshDatabase(TestStores.freshMysqlDatabase());

  @Override
  public FreshDatabase fresh() {
    return fresh;
  }
}
