package dev.germline.app.layers;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.Claim;
import dev.germline.core.layers.Relationship;
import dev.germline.core.layers.Reply;
import dev.germline.core.layers.Statement;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.EntityId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** What only holds while the chain head is locked. */
final class ClaimGuards {
  /** More than these say nothing more; and every reader of the claim reads them. */
  private static final int MOST_CONTESTS = 256;

  private ClaimGuards() {}

  /**
   * Refuses a claim that the facts of the moment forbid.
   *
   * @throws GermlineException LINEAGE_CYCLE; STALE_ROOT if another status came in between;
   *     INVALID_CLAIM if the same user contests the claim already or it has ended; LIMIT_EXCEEDED
   */
  static void check(Connection connection, Claim claim) throws SQLException {
    switch (claim) {
      case Relationship.EvolvedFrom descent -> ClaimRows.refuseCycle(connection, descent);
      case Relationship _ -> {}
      case Statement.StatusChange change -> {
        // The one before was ended just now; another that counts is one the batch knows nothing of.
        if (ClaimRows.status(connection, Document.idOf(change.subject().digest())).isPresent()) {
          throw new GermlineException(
              Fault.STALE_ROOT, "another status of the layer came in between; repeat the request");
        }
      }
      case Statement _ -> {}
      case Reply.Contest contest -> {
        EntityId target = Document.idOf(contest.claim());
        if (ClaimRows.ended(connection, target)) {
          throw new GermlineException(
              Fault.INVALID_CLAIM, "claim " + target + " does not count any more");
        }
        if (ReplyRows.contests(connection, target, Optional.of(contest.assertedBy())) > 0) {
          throw new GermlineException(
              Fault.INVALID_CLAIM,
              contest.assertedBy() + " contests the claim already; withdraw that contest first");
        }
        if (ReplyRows.contests(connection, target, Optional.empty()) >= MOST_CONTESTS) {
          throw new GermlineException(
              Fault.LIMIT_EXCEEDED, "the claim is contested " + MOST_CONTESTS + " times already");
        }
      }
      case Reply _ -> {}
    }
  }
}
