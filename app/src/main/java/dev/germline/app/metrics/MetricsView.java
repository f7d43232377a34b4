package dev.germline.app.metrics;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.germline.core.layers.LayerName;
import dev.germline.core.metrics.Period;
import dev.germline.core.metrics.Summary;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Summaries of a layer, in the order of task, metric and period.
 *
 * @param period what they are by
 */
@Schema(name = "LayerMetrics")
record MetricsView(String layer, String period, List<Item> items) {
  static MetricsView of(LayerName layer, Period period, List<Metrics.PeriodSummary> summaries) {
    return new MetricsView(
        layer.toString(),
        period.toString(),
        summaries.stream().map(summary -> Item.of(period, summary)).toList());
  }

  /**
   * One of them.
   *
   * @param start first day of the period; absent for all together
   * @param standardDeviation of the sample; absent for one value
   * @param p50 nearest-rank, within 1 % where there are more than 128 values
   * @param latestAt RFC 3339
   * @param trend of the least-squares line through all values
   */
  @Schema(name = "LayerMetric")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Item(
      String taskType,
      String metricType,
      @Nullable String start,
      long count,
      double mean,
      @Nullable Double standardDeviation,
      double min,
      double max,
      double p50,
      double p95,
      double latest,
      String latestAt,
      Trend trend) {
    private static Item of(Period period, Metrics.PeriodSummary given) {
      Summary summary = given.series().summary();
      return new Item(
          given.series().taskType(),
          given.series().metricType(),
          period == Period.ALL ? null : given.start().toString(),
          summary.count(),
          summary.mean(),
          summary.standardDeviation(),
          summary.min(),
          summary.max(),
          summary.p50(),
          summary.p95(),
          summary.latest(),
          summary.latestAt().toString(),
          new Trend(
              summary.trend().direction().name().toLowerCase(Locale.ROOT),
              summary.trend().perDay()));
    }
  }

  /**
   * Where the values go.
   *
   * @param direction {@code rising}, {@code falling}, {@code steady} or {@code unknown}
   * @param perDay slope of the line
   */
  @Schema(name = "MetricTrend")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Trend(String direction, @Nullable Double perDay) {}
}
