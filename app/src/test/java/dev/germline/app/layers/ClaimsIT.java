package dev.germline.app.layers;

import dev.germline.app.TestApp;

/** On the stores of all tests. */
final class ClaimsIT extends ClaimsContract {
  @Override
  TestApp server() {
    return TestApp.get();
  }
}
