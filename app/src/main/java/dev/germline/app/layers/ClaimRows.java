package dev.germline.app.layers;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.substrate.EntityId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** layer_claims. Writes are called with the chain head locked. */
final class ClaimRows {
  private ClaimRows() {}

  static void insert(Connection connection, Facts.PlacedClaim placed, long ledgerSequence)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO layer_claims (claim_id, type, subject_id, object_id, ledger_sequence)"
                + " VALUES (?, ?, ?, ?, ?)")) {
      insert.setBytes(1, placed.id().bytes());
      insert.setString(2, placed.claim().kind().name());
      insert.setBytes(3, placed.subject().bytes());
      insert.setBytes(4, placed.object().bytes());
      insert.setLong(5, ledgerSequence);
      insert.executeUpdate();
    }
  }

  /** The ledger sequence of a claim that is stated already. */
  static Optional<Long> sequence(Connection connection, EntityId claim) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT ledger_sequence FROM layer_claims WHERE claim_id = ?")) {
      select.setBytes(1, claim.bytes());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
      }
    }
  }

  /**
   * Refuses "subject evolved from object" when the object descends from the subject already.
   *
   * @throws GermlineException LINEAGE_CYCLE
   */
  static void refuseCycle(Connection connection, Facts.PlacedClaim placed) throws SQLException {
    // MySQL ends a recursion after 1,000 rounds unless told otherwise; for MariaDB, which takes the
    // hint for a comment, the connection is told (Database).
    try (PreparedStatement select =
        connection.prepareStatement(
            "WITH RECURSIVE ancestors (id) AS ("
                + " SELECT object_id FROM layer_claims"
                + " WHERE type = 'EVOLVED_FROM' AND subject_id = ?"
                + " UNION SELECT c.object_id FROM layer_claims c"
                + " JOIN ancestors a ON c.subject_id = a.id WHERE c.type = 'EVOLVED_FROM')"
                + " SELECT /*+ SET_VAR(cte_max_recursion_depth = 1000000) */ 1 FROM ancestors"
                + " WHERE id = ? LIMIT 1")) {
      select.setBytes(1, placed.object().bytes());
      select.setBytes(2, placed.subject().bytes());
      try (ResultSet row = select.executeQuery()) {
        if (row.next()) {
          throw new GermlineException(
              Fault.LINEAGE_CYCLE,
              "%s descends from %s already; the claim would make it its own ancestor"
                  .formatted(placed.claim().object().layer(), placed.claim().subject().layer()));
        }
      }
    }
  }
}
