package dev.germline.app.assembly;

import dev.germline.app.TestApp;

/** On the stores of all tests. */
final class AssembliesIT extends AssembliesContract {
  @Override
  TestApp server() {
    return TestApp.get();
  }
}
