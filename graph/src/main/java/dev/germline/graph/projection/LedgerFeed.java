package dev.germline.graph.projection;

import dev.germline.core.substrate.Digest;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a projector reads of the ledger. Any exception means "not now": the projector reports it and
 * tries again. Called by one thread of each projector.
 */
public interface LedgerFeed {
  /**
   * The diffs that follow this sequence, oldest first and without gaps. May return fewer than asked
   * for (to bound memory), but none only if there are none.
   */
  List<CommittedDiff> readAfter(long sequence, int maxDiffs);

  /**
   * The contents that are stored, of these records. One that does not exist anywhere is left out;
   * one that cannot be read now is an exception.
   */
  Map<Digest, byte[]> contents(Set<Digest> digests);
}
