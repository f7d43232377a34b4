package dev.germline.graph.projection;

import dev.germline.core.substrate.Digest;
import dev.germline.graph.CypherFile;
import java.util.Map;
import java.util.Optional;
import org.neo4j.driver.Driver;
import org.neo4j.driver.QueryRunner;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;
import org.neo4j.driver.Transaction;

/**
 * The node that says which diff the graph shows; its write lock orders all who change the graph.
 */
final class PositionNode {
  /** What is being done with the graph. */
  enum Mode {
    /** Diffs are applied as they come. */
    FOLLOWING,
    /** Everything is being deleted, after which it starts again from the first diff. */
    CLEARING
  }

  /** What the node says. */
  record State(Position position, Mode mode) {}

  private PositionNode() {}

  static void create(Driver driver) {
    try (Session session = driver.session()) {
      session
          .run(
              CypherFile.CREATE_POSITION.statement(),
              Map.of("record", Position.START.record().toHex()))
          .consume();
    }
  }

  /** Waits for the write lock, which this transaction then holds, and says what stands there. */
  static State lock(Transaction tx) {
    // Two statements: one that locks and reads might have read before it waited.
    tx.run(CypherFile.LOCK_POSITION.statement()).consume();
    return read(tx);
  }

  /** What stands there, if the node is there. */
  static Optional<State> find(QueryRunner runner) {
    return runner.run(CypherFile.READ_POSITION.statement()).stream()
        .findFirst()
        .map(PositionNode::state);
  }

  static State read(QueryRunner runner) {
    return state(runner.run(CypherFile.READ_POSITION.statement()).single());
  }

  private static State state(Record row) {
    return new State(
        new Position(row.get("sequence").asLong(), Digest.parse(row.get("record").asString())),
        Mode.valueOf(row.get("state").asString()));
  }

  static void write(Transaction tx, Position position, Mode mode) {
    tx.run(CypherFile.WRITE_POSITION.statement(), parameters(position, mode)).consume();
  }

  static Map<String, Object> parameters(Position position, Mode mode) {
    return Map.of(
        "sequence", position.sequence(),
        "record", position.record().toHex(),
        "state", mode.name());
  }
}
