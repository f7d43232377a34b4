package dev.germline.cli.metrics;

import java.util.List;

/** Values as a line of small bars, the lowest an eighth and the highest a whole. */
final class Sparkline {
  private static final String BARS = "▁▂▃▄▅▆▇█";

  private Sparkline() {}

  /** One bar a value; all in the middle when they are equal. */
  static String of(List<Double> values) {
    double min = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    double max = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    StringBuilder line = new StringBuilder();
    for (double value : values) {
      int bar = max > min ? (int) Math.round((value - min) / (max - min) * (BARS.length() - 1)) : 3;
      line.append(BARS.charAt(bar));
    }
    return line.toString();
  }
}
