package dev.germline.app.graphql;

import dev.germline.app.identity.Caller;
import dev.germline.app.layers.LayerRow;
import dev.germline.app.metrics.Metrics;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.metrics.SeriesSummary;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLCodeRegistry;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoaderOptions;
import org.dataloader.DataLoaderRegistry;
import org.jspecify.annotations.Nullable;

/** What the measurements of layers come to. */
final class MetricFields implements Fields {
  private static final String SUMMARIES = "metric summaries";

  private final Metrics metrics;

  MetricFields(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public String schema() {
    return "metrics.graphqls";
  }

  @Override
  public void load(Caller caller, DataLoaderRegistry loaders, DataLoaderOptions options) {
    loaders.register(
        SUMMARIES,
        Batching.<Metrics.Window, List<SeriesSummary>>about(
            (window, layers) -> metrics.summaries(layers, window), options));
  }

  @Override
  public void wire(GraphQLCodeRegistry.Builder code) {
    FieldsOf.type(code, "Layer", LayerRow.class).fetched("metrics", this::summaries);
    FieldsOf.type(code, "Metric", SeriesSummary.class)
        .value("taskType", SeriesSummary::taskType)
        .value("metricType", SeriesSummary::metricType)
        .value("count", series -> series.summary().count())
        .value("mean", series -> series.summary().mean())
        .value("standardDeviation", series -> series.summary().standardDeviation())
        .value("min", series -> series.summary().min())
        .value("max", series -> series.summary().max())
        .value("p50", series -> series.summary().p50())
        .value("p95", series -> series.summary().p95())
        .value("latest", series -> series.summary().latest())
        .value("latestAt", series -> series.summary().latestAt().toString())
        .value("trend", series -> series.summary().trend().direction().name())
        .value("trendPerDay", series -> series.summary().trend().perDay());
  }

  private CompletableFuture<List<SeriesSummary>> summaries(DataFetchingEnvironment field) {
    Metrics.Window window =
        new Metrics.Window(
            field.getArgument("taskType"),
            field.getArgument("metricType"),
            day("from", field.getArgument("from")),
            day("to", field.getArgument("to")));
    return Batching.<Metrics.Window, List<SeriesSummary>>ofLayer(field, SUMMARIES, window)
        .thenApply(found -> found.orElse(List.of()));
  }

  private static @Nullable LocalDate day(String argument, @Nullable String text) {
    try {
      return text == null ? null : LocalDate.parse(text);
    } catch (DateTimeParseException strange) {
      throw new GermlineException(
          Fault.INVALID_REQUEST,
          "%s is a day such as 2026-03-01, and not '%s'".formatted(argument, text));
    }
  }
}
