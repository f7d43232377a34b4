package dev.germline.app.graphql;

import dev.germline.app.identity.Caller;
import dev.germline.app.layers.LayerRow;
import dev.germline.app.layers.Layers;
import dev.germline.app.sharing.Finding;
import dev.germline.app.sharing.Report;
import dev.germline.app.sharing.Reports;
import dev.germline.app.sharing.Validation;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.ValidationLevel;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLCodeRegistry;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.dataloader.DataLoaderOptions;
import org.dataloader.DataLoaderRegistry;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/** Layers looked at now, all at once or step by step, and what was found before. */
final class ValidationFields implements Fields {
  private static final String REPORTS = "validation reports";
  private static final String FINDINGS = "validation findings";

  private final Validation validation;
  private final Reports reports;
  private final Layers layers;
  private final GraphQlSettings settings;

  ValidationFields(
      Validation validation, Reports reports, Layers layers, GraphQlSettings settings) {
    this.validation = validation;
    this.reports = reports;
    this.layers = layers;
    this.settings = settings;
  }

  /**
   * Where a validation is.
   *
   * @param done checks that were made
   * @param check the last of them; null before the first
   * @param report what all came to; null before the last
   */
  private record Step(LayerRow layer, int done, @Nullable Finding check, @Nullable Report report) {}

  @Override
  public String schema() {
    return "validation.graphqls";
  }

  @Override
  public void load(Caller caller, DataLoaderRegistry loaders, DataLoaderOptions options) {
    loaders.register(
        REPORTS,
        Batching.<Boolean, List<Report>>about(
            (current, rows) -> reports.heads(rows, current), options));
    loaders.register(
        FINDINGS,
        Batching.<Report, List<Finding>>byKey(shown -> reports.findings(caller, shown), options));
  }

  @Override
  public void wire(GraphQLCodeRegistry.Builder code) {
    FieldsOf.root(code, "Mutation").fetched("validateLayer", this::validate);
    FieldsOf.root(code, "Subscription").fetched("validationProgress", this::progress);
    FieldsOf.type(code, "Layer", LayerRow.class).fetched("validations", this::ofLayer);
    Connection.wire(code, "ValidationReport");
    FieldsOf.type(code, "ValidationReport", Report.class)
        .value("id", report -> report.id().toString())
        .value("validatedBy", Report::by)
        .value("counts", Report::counts)
        .value("layer", report -> report.layer())
        .value("level", report -> report.level().name())
        .value("outcome", report -> report.outcome().name())
        .value("validatedAt", report -> report.validatedAt().toString())
        .fetched("checks", ValidationFields::checks);
    FieldsOf.type(code, "ValidationCheck", Finding.class)
        .value("check", Finding::check)
        .value("outcome", finding -> finding.outcome().name())
        .value("detail", finding -> finding.detail().isEmpty() ? null : finding.detail());
    FieldsOf.type(code, "ValidationStep", Step.class)
        .value("layer", Step::layer)
        .value("done", Step::done)
        .value("check", Step::check)
        .value("report", Step::report);
  }

  private Report validate(DataFetchingEnvironment field) {
    Asking.of(field).writing().set(true);
    return validation.validate(Asking.caller(field), name(field), level(field));
  }

  private CompletableFuture<Connection<Report>> ofLayer(DataFetchingEnvironment field) {
    Slice slice = Slice.of(field, settings);
    boolean current = Boolean.TRUE.equals(field.<Boolean>getArgument("current"));
    return Batching.<Boolean, List<Report>>ofLayer(field, REPORTS, current)
        .thenApply(found -> slice.of(found.orElse(List.of()), report -> report.id().toString()));
  }

  /** At hand in a report made just now; of those that are kept, only what is asked for is read. */
  private static Object checks(DataFetchingEnvironment field) {
    Report report = Objects.requireNonNull(field.<Report>getSource());
    return report.findings().isEmpty()
        ? Batching.<Report, List<Finding>>load(field, FINDINGS, report)
            .thenApply(found -> found.orElse(List.of()))
        : report.findings();
  }

  /** Runs the validation for whoever listens: nobody else is told what it may see. */
  private Publisher<Step> progress(DataFetchingEnvironment field) {
    Caller caller = Asking.caller(field);
    LayerRow layer = layers.row(caller, name(field));
    ValidationLevel level = level(field);
    return Flux.create(
        sink -> Thread.ofVirtual().name("validation").start(() -> run(caller, layer, level, sink)));
  }

  private void run(Caller caller, LayerRow layer, ValidationLevel level, FluxSink<Step> sink) {
    try {
      AtomicInteger done = new AtomicInteger();
      sink.next(new Step(layer, 0, null, null));
      Report report =
          validation.validate(
              caller,
              layer.name(),
              level,
              finding -> {
                if (sink.isCancelled()) {
                  throw new CancellationException("nobody listens any more");
                }
                sink.next(new Step(layer, done.incrementAndGet(), finding, null));
              });
      sink.next(new Step(layer, done.get(), null, report));
      sink.complete();
    } catch (RuntimeException failure) {
      if (!sink.isCancelled()) {
        sink.error(failure);
      }
    }
  }

  private static LayerName name(DataFetchingEnvironment field) {
    return LayerName.parse(Objects.requireNonNull(field.<String>getArgument("name")));
  }

  private static ValidationLevel level(DataFetchingEnvironment field) {
    return ValidationLevel.valueOf(Objects.requireNonNull(field.<String>getArgument("level")));
  }
}
