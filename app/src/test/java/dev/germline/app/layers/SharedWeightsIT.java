package dev.germline.app.layers;

import dev.germline.app.TestApp;

final class SharedWeightsIT extends SharedWeightsContract {
  @Override
  TestApp server() {
    return TestApp.get();
  }
}
