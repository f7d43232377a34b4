package dev.germline.app;

import dev.germline.app.blobs.Blobs;
import dev.germline.app.config.DeviceSettings;
import dev.germline.app.config.RuntimeSettings;
import dev.germline.app.fsck.Fsck;
import dev.germline.app.ledger.ContentCheck;
import dev.germline.app.ledger.Contents;
import dev.germline.app.ledger.DeviceKeys;
import dev.germline.app.ledger.GraphFeed;
import dev.germline.app.ledger.Ledger;
import dev.germline.app.ledger.LedgerCheck;
import dev.germline.app.ledger.LedgerReader;
import dev.germline.app.ledger.LedgerSettings;
import dev.germline.app.ledger.MySqlSnapshot;
import dev.germline.app.sql.Database;
import dev.germline.blobstore.BlobStore;
import dev.germline.core.ledger.DeviceKey;
import dev.germline.graph.audit.GraphAudit;
import dev.germline.graph.projection.Projector;
import dev.germline.graph.projection.ProjectorSettings;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import org.neo4j.driver.Driver;

/** The ledger, the graph that follows it, and the check of both. */
@Factory
final class LedgerWiring {
  @Singleton
  DeviceKey deviceKey(DeviceSettings settings, RuntimeSettings runtime) {
    return DeviceKeys.load(settings, runtime);
  }

  @Singleton
  Contents contents(Database database, BlobStore blobs) {
    return new Contents(database, blobs);
  }

  @Singleton
  GraphFeed graphFeed(Database database, Contents contents) {
    return new GraphFeed(database, contents);
  }

  @Singleton
  @Bean(preDestroy = "close")
  Projector projector(Driver driver, GraphFeed feed) {
    return Projector.start(driver, feed, ProjectorSettings.DEFAULT);
  }

  @Singleton
  @Bean(preDestroy = "close")
  Ledger ledger(
      Database database,
      DeviceKey device,
      Clock clock,
      LedgerSettings settings,
      Projector projector) {
    Ledger ledger =
        Ledger.open(
            database.dataSource(),
            device,
            clock,
            settings,
            () -> projector.status().appliedSequence(),
            projector::wake);
    projector.wake(ledger.head().sequence());
    return ledger;
  }

  @Singleton
  LedgerReader ledgerReader(
      Database database, Ledger ledger, Projector projector, LedgerSettings settings) {
    return new LedgerReader(database, ledger, projector, settings);
  }

  @Singleton
  Fsck fsck(
      Database database,
      Contents contents,
      Blobs blobs,
      Driver driver,
      GraphFeed feed,
      Clock clock) {
    return new Fsck(
        new LedgerCheck(database, List.of(new ContentCheck(contents, blobs::problem))),
        () -> new GraphAudit(driver, feed).run(() -> MySqlSnapshot.open(database, feed)),
        clock);
  }
}
