package dev.germline.app.metrics;

import dev.germline.app.config.StartRefused;
import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;

/**
 * How measurements and uses are taken and kept.
 *
 * @param retention how long they stay; they go by the month, so up to a month later
 * @param partitionsAhead months after this one whose partitions are made in advance, 0 to 24
 * @param maintainEvery how often each app process looks for partitions to make and to drop
 * @param clockSkew how far in the future a time may lie
 * @param batchRows measurements of one request at most
 * @param batchBytes bytes of one request at most
 * @param batchTime how long a request may take to arrive
 * @param batchesAtOnce requests that are read at once; their number bounds the memory they take
 * @param keyLifetime how long an idempotency key is remembered
 */
@ConfigurationProperties("germline.metrics")
public record MetricsSettings(
    Duration retention,
    int partitionsAhead,
    Duration maintainEvery,
    Duration clockSkew,
    int batchRows,
    int batchBytes,
    Duration batchTime,
    int batchesAtOnce,
    Duration keyLifetime) {
  public MetricsSettings {
    if (retention.toDays() < 1 || retention.toDays() > 36_500) {
      throw new StartRefused(
          "germline.metrics.retention", "is a day to a hundred years, and not " + retention);
    }
    if (partitionsAhead < 0 || partitionsAhead > 24) {
      throw new StartRefused(
          "germline.metrics.partitions-ahead", "is 0 to 24 months, and not " + partitionsAhead);
    }
    if (clockSkew.isNegative() || clockSkew.compareTo(Duration.ofDays(28)) > 0) {
      throw new StartRefused(
          "germline.metrics.clock-skew", "is 0 to 28 days, and not " + clockSkew);
    }
    if (batchRows < 1 || batchBytes < 1 || batchesAtOnce < 1) {
      throw new StartRefused(
          "germline.metrics.batch-rows, batch-bytes and batches-at-once",
          "are at least 1, and not %d, %d and %d".formatted(batchRows, batchBytes, batchesAtOnce));
    }
  }
}
