package dev.germline.app.compatibility;

import dev.germline.app.AppOnRealMysql;
import dev.germline.app.TestApp;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same on MySQL 9 itself, with the graph of all tests to itself. */
final class CompatibilityOnRealMysqlIT extends CompatibilityContract {
  @RegisterExtension static final AppOnRealMysql APP = new AppOnRealMysql();

  @Override
  TestApp server() {
    return APP.get();
  }
}
