package dev.germline.app;

import dev.germline.app.assembly.Assemblies;
import dev.germline.app.assembly.Outlook;
import dev.germline.app.assembly.StoredAssemblies;
import dev.germline.app.compatibility.Compatibility;
import dev.germline.app.config.CompatibilitySettings;
import dev.germline.app.layers.LayerSets;
import dev.germline.app.ledger.Contents;
import dev.germline.app.ledger.Ledger;
import dev.germline.app.metrics.Metrics;
import dev.germline.app.sql.Database;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Layers put together. */
@Factory
final class AssemblyWiring {
  @Singleton
  StoredAssemblies storedAssemblies(Database database, Contents contents, LayerSets layers) {
    return new StoredAssemblies(database, contents, layers);
  }

  @Singleton
  Assemblies assemblies(
      Database database,
      Ledger ledger,
      Contents contents,
      Compatibility compatibility,
      StoredAssemblies stored,
      LayerSets layers,
      Metrics metrics,
      CompatibilitySettings settings,
      Clock clock) {
    return new Assemblies(
        database,
        ledger,
        contents,
        compatibility,
        stored,
        new Outlook(layers, metrics),
        settings.conflictSeverity(),
        clock);
  }
}
