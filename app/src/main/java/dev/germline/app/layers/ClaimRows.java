package dev.germline.app.layers;

import dev.germline.app.identity.Caller;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.Relationship;
import dev.germline.core.layers.Reply;
import dev.germline.core.layers.Statement;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.EntityId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * layer_claims: relations and statements. Writes are called with the chain head locked. Reads
 * answer only with claims of which the caller may see every layer.
 */
final class ClaimRows {
  /** Of {@link #row}. */
  static final String COLUMNS = "c.claim_id, c.digest, c.type, c.ended, c.ledger_sequence";

  /** What {@link #visible} binds. */
  static final String VISIBLE =
      " FROM layer_claims c JOIN genomic_layers l ON l.id = c.subject_id AND"
          + LayerRows.VISIBLE
          + " WHERE (c.object_id IS NULL OR EXISTS (SELECT 1 FROM genomic_layers l"
          + " WHERE l.id = c.object_id AND"
          + LayerRows.VISIBLE
          + "))";

  private ClaimRows() {}

  /**
   * A claim as it is listed.
   *
   * @param digest of its record
   * @param ended whether it does not count any more
   */
  record Row(EntityId id, Digest digest, String type, boolean ended, long ledgerSequence) {}

  static void insert(Connection connection, Facts.PlacedClaim placed, long ledgerSequence)
      throws SQLException {
    switch (placed.claim()) {
      case Relationship claim ->
          insert(
              connection,
              placed,
              Document.idOf(claim.subject().digest()),
              Document.idOf(claim.object().digest()),
              ledgerSequence);
      case Statement claim ->
          insert(connection, placed, Document.idOf(claim.subject().digest()), null, ledgerSequence);
      case Reply reply -> ReplyRows.insert(connection, placed, reply, ledgerSequence);
    }
  }

  private static void insert(
      Connection connection,
      Facts.PlacedClaim placed,
      EntityId subject,
      @Nullable EntityId object,
      long ledgerSequence)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO layer_claims (claim_id, digest, type, subject_id, object_id,"
                + " ledger_sequence) VALUES (?, ?, ?, ?, ?, ?)")) {
      insert.setBytes(1, placed.id().bytes());
      insert.setBytes(2, placed.digest().bytes());
      insert.setString(3, placed.claim().kind().name());
      insert.setBytes(4, subject.bytes());
      if (object == null) {
        insert.setNull(5, Types.BINARY);
      } else {
        insert.setBytes(5, object.bytes());
      }
      insert.setLong(6, ledgerSequence);
      insert.executeUpdate();
    }
  }

  /** The ledger sequence of a relation or statement that is stated already. */
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

  /** A claim, if the caller may see it. */
  static Optional<Row> find(Connection connection, EntityId claim, Caller caller)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT " + COLUMNS + VISIBLE + " AND c.claim_id = ?")) {
      select.setBytes(visible(select, 1, caller), claim.bytes());
      return rows(select).stream().findFirst();
    }
  }

  /** The layer's STATUS claim that counts, if there is one. */
  static Optional<Row> status(Connection connection, EntityId layer) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT claim_id, digest, type, ended, ledger_sequence FROM layer_claims"
                + " WHERE subject_id = ? AND type = 'STATUS' AND ended IS NULL"
                + " ORDER BY ledger_sequence DESC LIMIT 1")) {
      select.setBytes(1, layer.bytes());
      return rows(select).stream().findFirst();
    }
  }

  /** Whether there is no such claim that counts. */
  static boolean ended(Connection connection, EntityId claim) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT 1 FROM layer_claims WHERE claim_id = ? AND ended IS NULL")) {
      select.setBytes(1, claim.bytes());
      try (ResultSet row = select.executeQuery()) {
        return !row.next();
      }
    }
  }

  /** Whether another claim that counts says the same relation of the same two layers. */
  static boolean saidByOthers(Connection connection, EntityId claim, Relationship relation)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT 1 FROM layer_claims WHERE type = ? AND subject_id = ? AND object_id = ?"
                + " AND ended IS NULL AND claim_id <> ? LIMIT 1")) {
      select.setString(1, relation.kind().name());
      select.setBytes(2, Document.idOf(relation.subject().digest()).bytes());
      select.setBytes(3, Document.idOf(relation.object().digest()).bytes());
      select.setBytes(4, claim.bytes());
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  /**
   * Ends a claim.
   *
   * @return false if it has ended already
   */
  static boolean end(Connection connection, EntityId claim, String how) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE layer_claims SET ended = ? WHERE claim_id = ? AND ended IS NULL")) {
      update.setString(1, how);
      update.setBytes(2, claim.bytes());
      return update.executeUpdate() == 1;
    }
  }

  /**
   * Refuses "subject evolved from object" when the object descends from the subject already, by
   * claims that count.
   *
   * @throws GermlineException LINEAGE_CYCLE
   */
  static void refuseCycle(Connection connection, Relationship.EvolvedFrom claim)
      throws SQLException {
    // MySQL ends a recursion after 1,000 rounds unless told otherwise; for MariaDB, which takes the
    // hint for a comment, the connection is told (Database).
    try (PreparedStatement select =
        connection.prepareStatement(
            "WITH RECURSIVE ancestors (id) AS ("
                + " SELECT object_id FROM layer_claims"
                + " WHERE type = 'EVOLVED_FROM' AND subject_id = ? AND ended IS NULL"
                + " UNION SELECT c.object_id FROM layer_claims c"
                + " JOIN ancestors a ON c.subject_id = a.id WHERE c.type = 'EVOLVED_FROM'"
                + " AND c.ended IS NULL)"
                + " SELECT /*+ SET_VAR(cte_max_recursion_depth = 1000000) */ 1 FROM ancestors"
                + " WHERE id = ? LIMIT 1")) {
      select.setBytes(1, Document.idOf(claim.object().digest()).bytes());
      select.setBytes(2, Document.idOf(claim.subject().digest()).bytes());
      try (ResultSet row = select.executeQuery()) {
        if (row.next()) {
          throw new GermlineException(
              Fault.LINEAGE_CYCLE,
              "%s descends from %s already; the claim would make it its own ancestor"
                  .formatted(claim.object().layer(), claim.subject().layer()));
        }
      }
    }
  }

  static int visible(PreparedStatement select, int from, Caller caller) throws SQLException {
    return LayerRows.visible(select, LayerRows.visible(select, from, caller), caller);
  }

  private static List<Row> rows(PreparedStatement select) throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        rows.add(row(row));
      }
    }
    return rows;
  }

  static Row row(ResultSet row) throws SQLException {
    return new Row(
        EntityId.of(row.getBytes(1)),
        Digest.of(row.getBytes(2)),
        row.getString(3),
        row.getString(4) != null,
        row.getLong(5));
  }
}
