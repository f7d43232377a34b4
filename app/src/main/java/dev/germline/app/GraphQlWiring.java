package dev.germline.app;

import dev.germline.app.graphql.GraphQlEngine;
import dev.germline.app.graphql.GraphQlFeatures;
import dev.germline.app.graphql.GraphQlSettings;
import dev.germline.app.graphql.NewLayers;
import dev.germline.app.graphql.Streams;
import dev.germline.app.layers.Claiming;
import dev.germline.app.layers.Kin;
import dev.germline.app.layers.Layers;
import dev.germline.app.layers.Publishing;
import dev.germline.app.layers.StoredClaims;
import dev.germline.app.ledger.LedgerReader;
import dev.germline.app.lineage.Lineage;
import dev.germline.app.metrics.Measuring;
import dev.germline.app.metrics.Metrics;
import dev.germline.app.sql.Database;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** The same services over GraphQL. */
@Factory
final class GraphQlWiring {
  @Singleton
  Kin kin(Database database, Layers layers) {
    return new Kin(database, layers);
  }

  @Singleton
  NewLayers newLayers(Layers layers, LedgerReader ledger, GraphQlSettings settings) {
    return new NewLayers(layers, ledger, settings.lookEvery());
  }

  @Singleton
  Streams graphQlStreams(GraphQlSettings settings) {
    return new Streams(settings);
  }

  @Singleton
  GraphQlEngine graphQl(
      GraphQlSettings settings,
      Layers layers,
      Kin kin,
      Lineage lineage,
      Metrics metrics,
      StoredClaims claims,
      LedgerReader ledger,
      Publishing publishing,
      Claiming claiming,
      Measuring measuring,
      NewLayers news) {
    return new GraphQlFeatures(settings)
        .layers(layers)
        .lineage(lineage, kin)
        .metrics(metrics)
        .claims(claims)
        .ledger(ledger)
        .changes(publishing, claiming, measuring, ledger)
        .news(news)
        .engine();
  }
}
