package dev.germline.graph.projection;

import java.util.Optional;

/**
 * How far the graph is.
 *
 * @param appliedSequence of the last diff known to be in the graph
 * @param headSequence of the last diff known to be in the ledger
 * @param lastError why it is not RUNNING, or the last failure before it was; for operators, not for
 *     clients
 */
public record ProjectorStatus(
    State state, long appliedSequence, long headSequence, Optional<String> lastError) {

  /** What the projector is doing. */
  public enum State {
    /** The graph shows the whole ledger. */
    RUNNING,
    /** Diffs are being applied, or the graph is being rebuilt. */
    BEHIND,
    /** Neo4j or the ledger does not answer; it tries on by itself. */
    DOWN,
    /**
     * The graph shows another history than the ledger's. Nothing is applied until {@code germline
     * graph rebuild}.
     */
    DIVERGED,
    /** Closed by its owner. */
    CLOSED
  }

  /** How many diffs are missing in the graph. */
  public long lag() {
    return Math.max(0, headSequence - appliedSequence);
  }
}
