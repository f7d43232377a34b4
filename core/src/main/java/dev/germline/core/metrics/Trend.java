package dev.germline.core.metrics;

import org.jspecify.annotations.Nullable;

/**
 * Where the values of a series go: the least-squares line of value over time through all of them.
 *
 * <p>With t in days and v the values, the slope is b = Sum((t-mean t)(v-mean v)) / Sum((t-mean
 * t)^2). Its standard error is s = sqrt((Sum((v-mean v)^2) - b^2 Sum((t-mean t)^2)) / (n-2) /
 * Sum((t-mean t)^2)). The values rise or fall when b is more than 2 s away from 0, and are steady
 * otherwise.
 *
 * @param perDay the slope b, in units of the metric per day; absent when it is not known
 */
public record Trend(Direction direction, @Nullable Double perDay) {
  /** Standard errors that a slope must be away from 0. */
  private static final double CLEAR = 2;

  private static final Trend NONE = new Trend(Direction.UNKNOWN, null);

  /** Up or down; whether that is good is the metric's. */
  public enum Direction {
    RISING,
    FALLING,
    /** No slope that stands out of the scatter. */
    STEADY,
    /** Fewer than three values, or all of one moment. */
    UNKNOWN
  }

  /**
   * The trend of n values.
   *
   * @param timeSquares sum of squared deviations of their times from the mean, days squared
   * @param valueSquares the same of the values
   * @param products sum of the products of both deviations
   */
  static Trend of(long n, double timeSquares, double valueSquares, double products) {
    if (n < 3 || !(timeSquares > 0)) {
      return NONE;
    }
    double slope = products / timeSquares;
    double scatter = Math.max(0, valueSquares - slope * products);
    double error = Math.sqrt(scatter / (n - 2) / timeSquares);
    if (!Double.isFinite(slope) || Double.isNaN(error)) {
      return NONE;
    }
    return new Trend(direction(slope, error), slope);
  }

  private static Direction direction(double slope, double error) {
    if (Math.abs(slope) <= CLEAR * error || slope == 0) {
      return Direction.STEADY;
    }
    return slope > 0 ? Direction.RISING : Direction.FALLING;
  }
}
