package dev.germline.app.compatibility;

import dev.germline.app.TestApp;

/** On the stores of all tests. */
final class CompatibilityIT extends CompatibilityContract {
  @Override
  TestApp server() {
    return TestApp.get();
  }
}
