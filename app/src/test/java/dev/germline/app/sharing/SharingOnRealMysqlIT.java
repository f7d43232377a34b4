package dev.germline.app.sharing;

import static dev.germline.app.TestApp.unique;

import dev.germline.app.AppOnRealMysql;
import dev.germline.app.TestApp;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same on MySQL 9 itself, with the graph of all tests to itself. */
final class SharingOnRealMysqlIT implements SharingContract {
  @RegisterExtension static final AppOnRealMysql APP = new AppOnRealMysql();

  private final String ns = unique("ns");

  @Override
  public TestApp app() {
    return APP.get();
  }

  @Override
  public String ns() {
    return ns;
  }
}
