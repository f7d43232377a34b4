package dev.germline.bench;

import java.util.Arrays;

/** Medians of repeated runs, in milliseconds. */
final class Timing {
  /** What is timed. */
  @FunctionalInterface
  interface Task {
    void run() throws Exception;
  }

  private Timing() {}

  /** The median of {@code runs} timed runs after {@code warmup} runs that do not count. */
  static double medianMillis(int warmup, int runs, Task task) throws Exception {
    for (int i = 0; i < warmup; i++) {
      task.run();
    }
    double[] millis = new double[runs];
    for (int i = 0; i < runs; i++) {
      long start = System.nanoTime();
      task.run();
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    return median(millis);
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
