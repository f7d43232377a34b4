package dev.germline.app.sharing;

import dev.germline.app.TestApp;

/** On the stores of all tests. */
final class SharingIT extends SharingContract {
  @Override
  TestApp server() {
    return TestApp.get();
  }
}
