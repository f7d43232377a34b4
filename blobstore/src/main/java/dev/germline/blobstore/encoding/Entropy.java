package dev.germline.blobstore.encoding;

import java.util.Arrays;

/** How many bits a byte needs at least when each is coded by itself. Not thread-safe. */
final class Entropy {
  /** At this many bits and above, a coder saves less than reading it back costs. */
  static final double INCOMPRESSIBLE = 7.8;

  private static final int RUNS = 16;
  private static final int RUN = 256;

  private final int[] histogram = new int[256];
  private int counted;

  /** Bits a byte, from all bytes of the range. */
  double all(byte[] bytes, int from, int length) {
    clear();
    count(bytes, from, from + length);
    return bits();
  }

  /** Bits a byte, from 4 KiB of the range. */
  double sampled(byte[] bytes, int from, int length) {
    if (length <= RUNS * RUN) {
      return all(bytes, from, length);
    }
    clear();
    for (int i = 0; i < RUNS; i++) {
      int at = from + (int) ((long) (length - RUN) * i / (RUNS - 1));
      count(bytes, at, at + RUN);
    }
    return bits();
  }

  /** Different bytes among those last counted. */
  int distinct() {
    int distinct = 0;
    for (int n : histogram) {
      distinct += n == 0 ? 0 : 1;
    }
    return distinct;
  }

  private void clear() {
    Arrays.fill(histogram, 0);
    counted = 0;
  }

  private void count(byte[] bytes, int from, int end) {
    for (int i = from; i < end; i++) {
      histogram[bytes[i] & 0xff]++;
    }
    counted += end - from;
  }

  /** With the correction of Miller and Madow: few samples look less random than they are. */
  private double bits() {
    if (counted == 0) {
      return 0;
    }
    double sum = 0;
    int distinct = 0;
    for (int n : histogram) {
      if (n > 0) {
        distinct++;
        sum -= n * Math.log((double) n / counted);
      }
    }
    return Math.min(8, (sum / counted + (distinct - 1) / (2.0 * counted)) / Math.log(2));
  }
}
