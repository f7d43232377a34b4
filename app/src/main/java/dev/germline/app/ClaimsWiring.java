package dev.germline.app;

import dev.germline.app.layers.Claiming;
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
  Claiming claiming(Database database, Ledger ledger, StoredClaims stored, Clock clock) {
    return new Claiming(database, ledger, stored, clock);
  }
}
