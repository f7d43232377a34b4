package dev.germline.graph.projection;

import dev.germline.core.ledger.CognitiveDiff;
import dev.germline.core.substrate.Digest;

/**
 * One diff of the ledger and the record that signs for it.
 *
 * @param sequence from 1, without gaps
 */
public record CommittedDiff(long sequence, Digest recordHash, CognitiveDiff diff) {
  /** The place in history after this diff. */
  public Position position() {
    return new Position(sequence, recordHash);
  }
}
