package dev.germline.graph.projection;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.graph.CypherFile;
import java.util.Optional;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Session;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.NoSuchRecordException;

/** Which diff the graph shows, for those who only look. */
public final class GraphPosition {
  private GraphPosition() {}

  /**
   * The position now; empty if nothing was ever projected here, or somebody deleted the node.
   *
   * @throws GermlineException PROJECTION_BEHIND if the graph is being rebuilt
   */
  public static Optional<Position> read(Driver driver) {
    try (Session session = driver.session()) {
      PositionNode.State state = PositionNode.read(session);
      if (state.mode() == PositionNode.Mode.CLEARING) {
        throw beingRebuilt();
      }
      return Optional.of(state.position());
    } catch (NoSuchRecordException e) {
      return Optional.empty();
    }
  }

  /**
   * Asks Neo4j for a sign of life, whatever it says.
   *
   * @throws Neo4jException if there is none
   */
  public static void ping(Driver driver) {
    try (Session session = driver.session()) {
      session.run(CypherFile.READ_POSITION.statement()).consume();
    }
  }

  /** What to throw when the graph cannot be judged now. */
  public static GermlineException beingRebuilt() {
    return new GermlineException(
        Fault.PROJECTION_BEHIND, "the graph is being rebuilt; try again when it has caught up");
  }
}
