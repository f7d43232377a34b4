package dev.germline.app;

import dev.germline.app.config.SharingSettings;
import dev.germline.app.layers.Claiming;
import dev.germline.app.layers.Handout;
import dev.germline.app.layers.Layers;
import dev.germline.app.layers.Reach;
import dev.germline.app.layers.Records;
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
  Handout handout(StoredClaims stored) {
    return new Handout(stored);
  }

  @Singleton
  Reach reach(Database database, Records records, Layers layers, SharingSettings settings) {
    return new Reach(database, records, layers, settings.mostDependents());
  }

  @Singleton
  Claiming claiming(
      Database database, Ledger ledger, StoredClaims stored, Reach reach, Clock clock) {
    return new Claiming(database, ledger, stored, reach, clock);
  }
}
