package dev.germline.app;

import dev.germline.app.assembly.Assemblies;
import dev.germline.app.assembly.StoredAssemblies;
import dev.germline.app.compatibility.Compatibility;
import dev.germline.app.config.CompatibilitySettings;
import dev.germline.app.graphql.GraphQlEngine;
import dev.germline.app.graphql.GraphQlFeatures;
import dev.germline.app.graphql.GraphQlSettings;
import dev.germline.app.graphql.NewLayers;
import dev.germline.app.graphql.Streams;
import dev.germline.app.layers.Claiming;
import dev.germline.app.layers.Impacts;
import dev.germline.app.layers.Kin;
import dev.germline.app.layers.Layers;
import dev.germline.app.layers.Publishing;
import dev.germline.app.layers.StoredClaims;
import dev.germline.app.ledger.LedgerReader;
import dev.germline.app.lineage.Lineage;
import dev.germline.app.lineage.Lineages;
import dev.germline.app.metrics.Measuring;
import dev.germline.app.metrics.Metrics;
import dev.germline.app.sharing.Notices;
import dev.germline.app.sharing.Reports;
import dev.germline.app.sharing.Searches;
import dev.germline.app.sharing.Validation;
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
  GraphQlFeatures graphQlQuestions(
      GraphQlSettings settings,
      Layers layers,
      Kin kin,
      Lineage lineage,
      Lineages lineages,
      Metrics metrics,
      StoredClaims claims,
      LedgerReader ledger,
      Searches searches,
      Compatibility compatibility,
      CompatibilitySettings gate) {
    return new GraphQlFeatures(settings)
        .layers(layers)
        .lineage(lineages, kin)
        .kinship(lineage)
        .metrics(metrics)
        .claims(claims)
        .ledger(ledger, layers)
        .search(searches)
        .compatibility(compatibility, gate.conflictSeverity());
  }

  @Singleton
  GraphQlEngine graphQl(
      GraphQlFeatures questions,
      Publishing publishing,
      Claiming claiming,
      Measuring measuring,
      Assemblies assemblies,
      StoredAssemblies storedAssemblies,
      Validation validation,
      Reports reports,
      Impacts impacts,
      Notices notices,
      Layers layers,
      LedgerReader ledger,
      NewLayers news) {
    return questions
        .changes(publishing, claiming, measuring, ledger)
        .assemblies(assemblies, storedAssemblies, ledger)
        .news(news)
        .validation(validation, reports, layers)
        .withdrawal(impacts, notices)
        .engine();
  }
}
