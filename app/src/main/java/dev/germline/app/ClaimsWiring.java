package dev.germline.app;

import dev.germline.app.assembly.StoredAssemblies;
import dev.germline.app.config.SharingSettings;
import dev.germline.app.layers.Claiming;
import dev.germline.app.layers.Handout;
import dev.germline.app.layers.Impacts;
import dev.germline.app.layers.Layers;
import dev.germline.app.layers.Reach;
import dev.germline.app.layers.Records;
import dev.germline.app.layers.RevokedReads;
import dev.germline.app.layers.StoredClaims;
import dev.germline.app.ledger.Ledger;
import dev.germline.app.sql.Database;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;

/** What is said of layers, and of what is said. */
@Factory
final class ClaimsWiring {
  @Singleton
  StoredClaims storedClaims(Database database, Records records) {
    return new StoredClaims(database, records);
  }

  @Singleton
  RevokedReads revokedReads(
      Database database, Layers layers, SharingSettings settings, Clock clock) {
    return new RevokedReads(database, layers, settings.revokedReadsKept(), clock);
  }

  @Singleton
  Handout handout(StoredClaims stored, RevokedReads reads) {
    return new Handout(stored, reads);
  }

  @Singleton
  Reach reach(Database database, Records records, Layers layers, SharingSettings settings) {
    return new Reach(database, records, layers, settings.mostDependents());
  }

  @Singleton
  Impacts impacts(
      Reach reach, Layers layers, StoredAssemblies assemblies, SharingSettings settings) {
    return new Impacts(reach, layers, assemblies::uses, settings.mostDependents());
  }

  @Singleton
  Claiming claiming(
      Database database, Ledger ledger, StoredClaims stored, Impacts impacts, Clock clock) {
    return new Claiming(database, ledger, stored, impacts, clock);
  }
}
