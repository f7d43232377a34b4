package dev.germline.app;

import dev.germline.app.config.MySqlSettings;
import dev.germline.app.config.Neo4jSettings;
import dev.germline.app.config.S3Settings;
import dev.germline.app.health.GraphConcern;
import dev.germline.app.health.StoreHealth;
import dev.germline.app.sql.Database;
import dev.germline.blobstore.BlobStore;
import dev.germline.core.substrate.Digest;
import dev.germline.graph.projection.GraphPosition;
import dev.germline.graph.projection.Projector;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;

/** The stores and what is asked of their health. */
@Factory
final class StoresWiring {
  @Singleton
  @Bean(preDestroy = "close")
  Database database(MySqlSettings settings) {
    return Database.open(settings);
  }

  @Singleton
  DataSource dataSource(Database database) {
    return database.dataSource();
  }

  /** Lazy: it connects when first used, so that the server starts while Neo4j is away. */
  @Singleton
  @Bean(preDestroy = "close")
  Driver neo4j(Neo4jSettings settings) {
    return GraphDatabase.driver(
        settings.uri(),
        AuthTokens.basic(settings.user(), settings.password()),
        Config.builder()
            .withMaxConnectionPoolSize(settings.poolSize())
            .withConnectionTimeout(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
            .withConnectionAcquisitionTimeout(
                settings.acquireTimeout().toMillis(), TimeUnit.MILLISECONDS)
            // What lay idle may have been forgotten by the network in between: ask before use.
            .withConnectionLivenessCheckTimeout(1, TimeUnit.MINUTES)
            .withMaxTransactionRetryTime(2, TimeUnit.SECONDS)
            .withTelemetryDisabled(true)
            .withUserAgent("germline")
            .build());
  }

  @Singleton
  @Named("mysql")
  StoreHealth mysqlHealth(Database database) {
    return StoreHealth.vital("mysql", () -> database.ping(StoreHealth.LIMIT), () -> {});
  }

  /** By a client of its own: the others repeat and wait longer than a health check may. */
  @Singleton
  @Named("s3")
  @Bean(preDestroy = "close")
  StoreHealth s3Health(S3Settings s3) {
    BlobStore asked = new BlobStore(s3.impatient(StoreHealth.LIMIT));
    return StoreHealth.vital("s3", () -> asked.exists(Digest.of(new byte[Digest.BYTES])), asked);
  }

  @Singleton
  @Named("neo4j")
  StoreHealth neo4jHealth(Driver driver, Projector projector) {
    return StoreHealth.useful(
        "neo4j", () -> GraphPosition.ping(driver), () -> GraphConcern.of(projector.status()));
  }
}
