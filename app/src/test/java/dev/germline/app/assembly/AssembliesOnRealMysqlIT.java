package dev.germline.app.assembly;

import dev.germline.app.AppOnRealMysql;
import dev.germline.app.TestApp;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same on MySQL 9 itself, with the graph of all tests to itself. */
final class AssembliesOnRealMysqlIT extends AssembliesContract {
  @RegisterExtension static final AppOnRealMysql APP = new AppOnRealMysql();

  @Override
  TestApp server() {
    return APP.get();
  }
}
