package dev.germline.app.layers;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.Relationship;
import dev.germline.core.layers.Reply;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A claim about to end.
 *
 * @param alone whether no other claim that counts says the same relation, as far as was known when
 *     the batch was made
 */
record Ending(StoredClaims.Found claim, boolean alone) {
  /**
   * Marks the claim as ended. Called with the chain head locked.
   *
   * @throws GermlineException INVALID_CLAIM if it has ended already, STALE_ROOT if the batch was
   *     made for another state of affairs
   */
  void write(Connection connection, boolean withdrawn) throws SQLException {
    boolean counted =
        claim.claim() instanceof Reply
            ? ReplyRows.end(connection, claim.id())
            : ClaimRows.end(connection, claim.id(), withdrawn ? "withdrawn" : "superseded");
    if (!counted) {
      throw new GermlineException(
          Fault.INVALID_CLAIM,
          "claim %s does not count any more; GET /api/v1/claims/%s says why"
              .formatted(claim.id(), claim.id()));
    }
    if (claim.claim() instanceof Relationship relation
        && ClaimRows.saidByOthers(connection, claim.id(), relation) == alone) {
      throw new GermlineException(
          Fault.STALE_ROOT, "another claim about the same came in between; repeat the request");
    }
  }
}
