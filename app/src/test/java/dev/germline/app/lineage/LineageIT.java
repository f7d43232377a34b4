package dev.germline.app.lineage;

import dev.germline.app.TestApp;

final class LineageIT extends LineageContract {
  @Override
  TestApp server() {
    return TestApp.get();
  }
}
