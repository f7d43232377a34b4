package dev.germline.core.metrics;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a number of values comes to.
 *
 * @param count 1 or more
 * @param variance of the sample (n-1); absent for a single value
 * @param p50 nearest-rank median, see {@link Quantiles} for how exact it is
 * @param p95 nearest-rank 95th percentile
 * @param latest the value measured last
 * @param latestAt when
 */
public record Summary(
    long count,
    double mean,
    @Nullable Double variance,
    double min,
    double max,
    double p50,
    double p95,
    double latest,
    Instant latestAt,
    Trend trend) {
  /** The square root of the variance. */
  public @Nullable Double standardDeviation() {
    return variance == null ? null : Math.sqrt(variance);
  }
}
