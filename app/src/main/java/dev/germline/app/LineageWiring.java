package dev.germline.app;

import dev.germline.app.config.Neo4jSettings;
import dev.germline.app.layers.Layers;
import dev.germline.app.lineage.Comparison;
import dev.germline.app.lineage.Lineage;
import dev.germline.app.sql.Database;
import dev.germline.graph.lineage.LineageQueries;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import org.neo4j.driver.Driver;

/** Questions to the graph. */
@Factory
final class LineageWiring {
  @Singleton
  Lineage lineage(Layers layers, Driver driver, Neo4jSettings neo4j, Database database) {
    return new Lineage(layers, new LineageQueries(driver, neo4j.callTimeout()), database);
  }

  @Singleton
  Comparison comparison(Layers layers, Database database) {
    return new Comparison(layers, database);
  }
}
