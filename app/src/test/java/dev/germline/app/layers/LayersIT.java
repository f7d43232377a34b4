package dev.germline.app.layers;

import dev.germline.app.TestApp;

/** On the stores of all tests. */
final class LayersIT extends LayersContract {
  @Override
  TestApp server() {
    return TestApp.get();
  }
}
