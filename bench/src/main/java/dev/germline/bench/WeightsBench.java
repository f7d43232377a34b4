package dev.germline.bench;

import java.nio.file.Path;

/** All that {@code bench/run weights} measures, part by part. */
final class WeightsBench {
  private WeightsBench() {}

  static void run(Report report, Path root) throws Exception {
    HashBench.run(report);
    CodecBench.run(report, root);
    TransferBench.run(report, root);
  }
}
