package dev.germline.app;

import dev.germline.app.config.Neo4jSettings;
import dev.germline.app.layers.Layers;
import dev.germline.app.lineage.Comparison;
import dev.germline.app.lineage.Lineage;
import dev.germline.app.lineage.Lineages;
import dev.germline.app.sql.Database;
import dev.germline.graph.lineage.LineageQueries;
import dev.germline.graph.lineage.ManyLineages;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import org.neo4j.driver.Driver;

/** Questions to the graph. */
@Factory
final class LineageWiring {
  @Singleton
  LineageQueries lineageQueries(Driver driver, Neo4jSettings neo4j) {
    return new LineageQueries(driver, neo4j.callTimeout());
  }

  @Singleton
  Lineage lineage(Layers layers, LineageQueries queries, Database database) {
    return new Lineage(layers, queries, database);
  }

  @Singleton
  Lineages lineages(LineageQueries one, Driver driver, Neo4jSettings neo4j) {
    return new Lineages(one, new ManyLineages(driver, neo4j.callTimeout()));
  }

  @Singleton
  Comparison comparison(Layers layers, Database database) {
    return new Comparison(layers, database);
  }
}
