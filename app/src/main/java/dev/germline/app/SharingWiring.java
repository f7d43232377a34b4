package dev.germline.app;

import dev.germline.app.blobs.Blobs;
import dev.germline.app.compatibility.Compatibility;
import dev.germline.app.config.PeerSettings;
import dev.germline.app.config.SharingSettings;
import dev.germline.app.layers.Claiming;
import dev.germline.app.layers.Layers;
import dev.germline.app.layers.Reach;
import dev.germline.app.layers.Records;
import dev.germline.app.layers.StoredClaims;
import dev.germline.app.layers.Tensors;
import dev.germline.app.sharing.Dependents;
import dev.germline.app.sharing.Discovery;
import dev.germline.app.sharing.Harness;
import dev.germline.app.sharing.Notices;
import dev.germline.app.sharing.Payouts;
import dev.germline.app.sharing.Peers;
import dev.germline.app.sharing.Reports;
import dev.germline.app.sharing.Searches;
import dev.germline.app.sharing.Submissions;
import dev.germline.app.sharing.Telling;
import dev.germline.app.sharing.Validation;
import dev.germline.app.sql.Database;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collection;

/** Finding, offering, validating and paying for layers. */
@Factory
final class SharingWiring {
  @Singleton
  Discovery discovery(Database database, Records records) {
    return new Discovery(database, records);
  }

  @Singleton
  @Bean(preDestroy = "close")
  Peers peers(Collection<PeerSettings> peers, SharingSettings settings) {
    return new Peers(peers, settings.region());
  }

  @Singleton
  @Bean(preDestroy = "close")
  Harness harness(SharingSettings settings) {
    return new Harness(settings);
  }

  @Singleton
  Reports reports(Database database, SharingSettings settings) {
    return new Reports(database, settings.reportsKept());
  }

  @Singleton
  Validation validation(
      Layers layers,
      StoredClaims claims,
      Blobs blobs,
      Tensors tensors,
      Compatibility compatibility,
      Harness harness,
      Reports reports,
      Clock clock) {
    return new Validation(layers, claims, blobs, tensors, compatibility, harness, reports, clock);
  }

  @Singleton
  Dependents dependents(Layers layers, StoredClaims claims) {
    return new Dependents(layers, claims);
  }

  @Singleton
  Telling telling(Database database, Records records, Layers layers, Reach reach, Clock clock) {
    return new Telling(database, records, layers, reach, clock);
  }

  @Singleton
  Notices notices(
      Database database, Records records, Telling telling, SharingSettings settings, Clock clock) {
    return new Notices(database, records, telling, settings.noticesKept(), clock);
  }

  @Singleton
  Submissions submissions(Database database, Layers layers, Claiming claiming, Clock clock) {
    return new Submissions(database, layers, claiming, clock);
  }

  @Singleton
  Payouts payouts(Database database, Records records, Clock clock) {
    return new Payouts(database, records, clock);
  }

  @Singleton
  Searches searches(Discovery discovery, Peers peers) {
    return new Searches(discovery, peers);
  }
}
