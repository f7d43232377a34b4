package dev.germline.graph;

import java.util.Map;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Session;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.exceptions.DatabaseException;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.ServiceUnavailableException;

/**
 * The constraints and indexes of the graph. Every schema statement says IF [NOT] EXISTS and all of
 * them run in order at every start, so there is no record of versions to keep, no lock that a
 * killed process leaves behind, and a constraint that somebody dropped comes back.
 */
public final class GraphSchema {
  private static final int INDEX_WAIT_SECONDS = 300;
  private static final int TRIES = 5;

  private GraphSchema() {}

  /**
   * Brings the schema up to date and waits until its indexes serve queries. Any number of processes
   * may do this at once.
   *
   * @throws Neo4jException if the server does not answer, or its contents break a constraint
   */
  public static void ensure(Driver driver) {
    try (Session session = driver.session()) {
      for (CypherFile file : CypherFile.constraints()) {
        create(session, file);
      }
      session
          .run(CypherFile.SCHEMA_AWAIT_INDEXES.statement(), Map.of("seconds", INDEX_WAIT_SECONDS))
          .consume();
    }
  }

  /**
   * IF NOT EXISTS still fails when another process makes the same constraint in that moment (as
   * existing, or as a deadlock), and when one was killed while it did: the index it began with is
   * there without its constraint.
   */
  private static void create(Session session, CypherFile file) {
    for (int attempt = 1; ; attempt++) {
      try {
        session.run(file.statement()).consume();
        return;
      } catch (Neo4jException e) {
        if (attempt == TRIES || e instanceof ServiceUnavailableException) {
          throw e;
        }
        dropOrphan(session, file);
      }
    }
  }

  private static void dropOrphan(Session session, CypherFile file) {
    Map<String, Object> name =
        Map.of("name", file.path().substring("schema/".length()).replace('-', '_'));
    if (session.run(CypherFile.SCHEMA_ORPHAN_INDEX.statement(), name).stream().count() > 0) {
      try {
        session.run(CypherFile.SCHEMA_DROP_INDEX.statement(), name).consume();
      } catch (ClientException | DatabaseException finished) {
        // It was no orphan: its maker has just completed the constraint, which the next try finds.
      }
    }
  }
}
