package dev.germline.bench;

/** All that {@code bench/run weights} measures, part by part. */
final class WeightsBench {
  private WeightsBench() {}

  static void run(Report report) throws Exception {
    HashBench.run(report);
  }
}
