package dev.germline.graph.projection;

import dev.germline.graph.CypherFile;
import java.util.Map;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Session;
import org.neo4j.driver.Transaction;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.exceptions.Neo4jException;

/**
 * Drops all that the graph holds, so that projectors make it again from the first diff.
 *
 * <p>The request is a mark on the position node, and whichever projector sees it deletes one
 * bounded batch after the other under that node's lock. A process that dies half-way leaves the
 * mark, and any other goes on.
 */
public final class GraphRebuild {
  private static final int NODES = 1_000;
  private static final int RELATIONS = 10_000;

  private GraphRebuild() {}

  /**
   * Asks for a rebuild; every projector on this Neo4j takes part. To do it and wait for the result,
   * use {@link Projector#rebuild}.
   *
   * @throws Neo4jException if Neo4j does not answer
   */
  public static void request(Driver driver) {
    PositionNode.create(driver);
    try (Session session = driver.session()) {
      session.executeWriteWithoutResult(tx -> {
        tx.run(CypherFile.LOCK_POSITION.statement()).consume();
        tx.run(
                CypherFile.WRITE_POSITION.statement(),
                PositionNode.parameters(Position.START, PositionNode.Mode.CLEARING))
            .consume();
      });
    }
  }

  /** Deletes one batch. Returns whether there may be more to delete. */
  static boolean clearSome(Session session, TransactionConfig config) {
    try (Transaction tx = session.beginTransaction(config)) {
      if (PositionNode.lock(tx).mode() != PositionNode.Mode.CLEARING) {
        return false; // another projector came to the end first
      }
      boolean more = true;
      long relations =
          delete(tx, CypherFile.CLEAR_RELATIONS, Map.of("nodes", NODES, "relations", RELATIONS));
      if (relations < RELATIONS
          && delete(tx, CypherFile.CLEAR_NODES, Map.of("nodes", NODES)) == 0
          && delete(tx, CypherFile.CLEAR_STRANGERS, Map.of("nodes", NODES)) == 0) {
        PositionNode.write(tx, Position.START, PositionNode.Mode.FOLLOWING);
        more = false;
      }
      tx.commit();
      return more;
    }
  }

  private static long delete(Transaction tx, CypherFile file, Map<String, Object> parameters) {
    return tx.run(file.statement(), parameters).single().get("deleted").asLong();
  }
}
