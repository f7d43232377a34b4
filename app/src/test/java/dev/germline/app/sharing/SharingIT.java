package dev.germline.app.sharing;

import static dev.germline.app.TestApp.unique;

import dev.germline.app.TestApp;

/** On the stores of all tests. */
final class SharingIT implements SharingContract {
  private final String ns = unique("ns");

  @Override
  public TestApp app() {
    return TestApp.get();
  }

  @Override
  public String ns() {
    return ns;
  }
}
