package dev.germline.app;

import dev.germline.app.layers.Layers;
import dev.germline.app.metrics.Measuring;
import dev.germline.app.metrics.Metrics;
import dev.germline.app.metrics.MetricsSettings;
import dev.germline.app.metrics.Partitions;
import dev.germline.app.metrics.Usage;
import dev.germline.app.sql.Database;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Measurements and uses of layers. */
@Factory
final class MetricsWiring {
  @Singleton
  Measuring measuring(Database database, Layers layers, MetricsSettings settings, Clock clock) {
    return new Measuring(database, layers, settings, clock);
  }

  @Singleton
  Metrics metrics(Database database, Layers layers, Clock clock) {
    return new Metrics(database, layers, clock);
  }

  @Singleton
  Usage usage(Database database, Layers layers, MetricsSettings settings, Clock clock) {
    return new Usage(database, layers, settings, clock);
  }

  @Singleton
  Partitions partitions(Database database, MetricsSettings settings, Clock clock) {
    return new Partitions(database, settings, clock);
  }
}
