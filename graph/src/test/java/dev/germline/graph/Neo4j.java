package dev.germline.graph;

import dev.germline.embedded.stores.Neo4jEndpoint;
import dev.germline.testing.TestStores;
import java.util.List;
import java.util.Map;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;

/** The Neo4j of the tests. */
public final class Neo4j {
  private Neo4j() {}

  /** A driver for an empty server, to be closed by the test. */
  public static Driver empty() {
    Driver driver = driver(TestStores.neo4j());
    TestStores.wipe();
    return driver;
  }

  public static Driver driver(Neo4jEndpoint server) {
    return GraphDatabase.driver(server.bolt(), AuthTokens.basic(server.user(), server.password()));
  }

  public static List<Record> run(Driver driver, String statement, Map<String, Object> parameters) {
    try (Session session = driver.session()) {
      return session.run(statement, parameters).list();
    }
  }

  public static List<Record> run(Driver driver, String statement) {
    return run(driver, statement, Map.of());
  }
}
