package dev.germline.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.germline.embedded.stores.Neo4jEndpoint;
import dev.germline.testing.TestStores;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.exceptions.AuthenticationException;
import org.neo4j.driver.exceptions.Neo4jException;

/** What people may do in Neo4j Browser: anybody but the projector's user only reads. */
class ReaderIT {
  private static final String USER = "reading_test";
  private static final String PASSWORD = "reading_test_password";

  private static Driver writer;
  private static Driver reader;

  @BeforeAll
  static void start() {
    writer = Neo4j.empty();
    boolean guarded =
        !Neo4j.run(
                writer,
                "SHOW SETTINGS 'browser.post_connect_cmd' YIELD value"
                    + " WHERE value CONTAINS 'browser-germline' RETURN value")
            .isEmpty();
    assumeTrue(guarded, "this Neo4j runs without our guard: a container of the plain image");
    Neo4jEndpoint server = TestStores.neo4j();
    onSystem(
        writer,
        "CREATE OR REPLACE USER %s SET PASSWORD '%s' CHANGE NOT REQUIRED"
            .formatted(USER, PASSWORD));
    Neo4j.run(writer, "CREATE (:Layer {id: 1})-[:EVOLVED_FROM {claim: 1}]->(:Layer {id: 2})");
    Neo4j.run(writer, "CREATE INDEX seen FOR (l:Layer) ON (l.id)");
    reader = Neo4j.driver(new Neo4jEndpoint(server.bolt(), server.http(), USER, PASSWORD));
  }

  @AfterAll
  static void end() {
    if (reader != null) {
      reader.close();
      onSystem(writer, "DROP USER " + USER + " IF EXISTS");
    }
    writer.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MATCH (a)-[:EVOLVED_FROM]->(b) RETURN a, b",
        "SHOW INDEXES",
        "SHOW CONSTRAINTS",
        "CALL db.schema.visualization()",
        "CALL dbms.clientConfig()",
        "SHOW DATABASES",
      })
  void aReaderSees(String statement) {
    assertThat(Neo4j.run(reader, statement)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE (:Layer {id: 3})",
        "MATCH (l:Layer {id: 1}) SET l.id = 7",
        "MATCH (l:Layer {id: 1}) SET l:Approved",
        "MATCH (l:Layer {id: 1}) REMOVE l.id",
        "MERGE (:Layer {id: 3})",
        "MATCH ()-[r]->() DELETE r",
        "MATCH (l:Layer {id: 1}), (m:Layer {id: 2}) CREATE (m)-[:EVOLVED_FROM]->(l)",
        "MATCH (n) DETACH DELETE n",
        "UNWIND [1] AS x CALL (x) { CREATE (:Layer) } IN TRANSACTIONS",
        "CREATE CONSTRAINT mine FOR (l:Layer) REQUIRE l.id IS UNIQUE",
        "CREATE INDEX mine FOR (l:Layer) ON (l.claim)",
        "DROP INDEX seen",
        "CALL db.createLabel('SeenNowhere')",
        "CALL db.clearQueryCaches()",
        "LOAD CSV FROM 'http://127.0.0.1/' AS line RETURN line",
        "CREATE USER mallory SET PASSWORD 'mallory_password'",
        "ALTER USER neo4j SET PASSWORD 'mallory_password'",
        "DROP USER neo4j",
      })
  void aReaderChangesNothing(String statement) {
    assertThatThrownBy(() -> Neo4j.run(reader, statement))
        .isInstanceOfSatisfying(
            Neo4jException.class,
            refusal -> assertThat(refusal.code()).isEqualTo("Neo.ClientError.Security.Forbidden"));
    List<Record> left =
        Neo4j.run(writer, "MATCH (a:Layer {id: 1})-[r {claim: 1}]->(b:Layer {id: 2}) RETURN *");
    assertThat(left).hasSize(1);
    assertThat(Neo4j.run(writer, "MATCH (n) RETURN n")).hasSize(2);
  }

  @Test
  void theRefusalSaysWhatToDo() {
    assertThatThrownBy(() -> Neo4j.run(reader, "CREATE (:Layer)"))
        .hasMessageContaining("projection of the ledger")
        .hasMessageContaining("change it through Germline");
  }

  @ParameterizedTest
  @CsvSource({"nobody, x", "reading_test, wrong"})
  void thePasswordStillCounts(String user, String password) {
    Neo4jEndpoint server = TestStores.neo4j();
    try (Driver stranger =
        Neo4j.driver(new Neo4jEndpoint(server.bolt(), server.http(), user, password))) {
      assertThatThrownBy(() -> Neo4j.run(stranger, "RETURN 1"))
          .isInstanceOf(AuthenticationException.class);
    }
  }

  private static void onSystem(Driver driver, String statement) {
    try (Session session = driver.session(SessionConfig.forDatabase("system"))) {
      session.run(statement).consume();
    }
  }
}
