package dev.germline.app.metrics;

import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.core.layers.LayerName;
import dev.germline.core.metrics.Period;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What the measurements of a layer come to. */
@Controller("/api/v1/layers/{namespace}/{name}/{version}")
@Secured(Role.ANY)
@Tag(name = "metrics")
final class MetricsController {
  private final Metrics metrics;
  private final Usage usage;

  MetricsController(Metrics metrics, Usage usage) {
    this.metrics = metrics;
    this.usage = usage;
  }

  /**
   * Summaries by task, metric and period: count, mean, standard deviation, extremes, percentiles,
   * the latest value and the trend.
   *
   * @param period {@code day}, {@code week} (from Monday), {@code month} or {@code all}, in UTC
   * @param task only of this task type
   * @param metric only of this metric type
   * @param from the first day, such as 2026-03-01
   * @param to the first day that does not count any more
   */
  @Get("/metrics")
  MetricsView metrics(
      Caller caller,
      String namespace,
      String name,
      String version,
      @QueryValue(defaultValue = "all") String period,
      @QueryValue @Nullable String task,
      @QueryValue @Nullable String metric,
      @QueryValue @Nullable String from,
      @QueryValue @Nullable String to) {
    LayerName layer = LayerName.of(namespace, name, version);
    Period by = Period.parse(period);
    return MetricsView.of(
        layer,
        by,
        metrics.summaries(
            caller,
            layer,
            by,
            new Metrics.Window(
                task, metric, QueryTimes.day("from", from), QueryTimes.day("to", to))));
  }

  /**
   * The performance profile: accuracy, latency, efficiency and consistency by task, what running it
   * took, and what users said.
   *
   * @param from the first day that counts, such as 2026-03-01
   * @param to the first day that does not count any more
   */
  @Get("/performance")
  PerformanceView performance(
      Caller caller,
      String namespace,
      String name,
      String version,
      @QueryValue @Nullable String from,
      @QueryValue @Nullable String to) {
    LayerName layer = LayerName.of(namespace, name, version);
    return PerformanceView.of(
        layer,
        metrics.profile(
            caller,
            layer,
            new Metrics.Window(null, null, QueryTimes.day("from", from), QueryTimes.day("to", to))),
        metrics.filesBytes(caller, layer),
        usage.summaries(
            caller, layer, Period.ALL, QueryTimes.time("from", from), QueryTimes.time("to", to)));
  }
}
