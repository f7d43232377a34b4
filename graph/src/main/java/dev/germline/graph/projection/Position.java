package dev.germline.graph.projection;

import dev.germline.core.substrate.Digest;

/**
 * A place in the ledger's history.
 *
 * @param sequence of the last diff applied; 0 before the first
 * @param record hash of that diff's state root record; all zeros before the first
 */
public record Position(long sequence, Digest record) {
  /** The empty substrate, before the first diff. */
  public static final Position START = new Position(0, Digest.of(new byte[Digest.BYTES]));
}
