package dev.germline.app.layers;

import dev.germline.core.layers.Reply;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.EntityId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * claim_replies: claims about claims. Who may see a claim may see what was replied to it; the
 * callers of this class have asked {@link ClaimRows} first. Writes are called with the chain head
 * locked.
 */
final class ReplyRows {
  private static final String COLUMNS =
      "SELECT reply_id, digest, type, claim_id, ended, ledger_sequence FROM claim_replies";

  private ReplyRows() {}

  /**
   * A reply.
   *
   * @param claim what it replies to
   * @param ended whether it was taken back
   */
  record Row(
      EntityId id,
      Digest digest,
      String type,
      EntityId claim,
      boolean ended,
      long ledgerSequence) {}

  static void insert(
      Connection connection, Facts.PlacedClaim placed, Reply reply, long ledgerSequence)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO claim_replies (reply_id, digest, type, claim_id, asserted_by,"
                + " ledger_sequence) VALUES (?, ?, ?, ?, ?, ?)")) {
      insert.setBytes(1, placed.id().bytes());
      insert.setBytes(2, placed.digest().bytes());
      insert.setString(3, reply.kind().name());
      insert.setBytes(4, Document.idOf(reply.claim()).bytes());
      insert.setString(5, reply.assertedBy());
      insert.setLong(6, ledgerSequence);
      insert.executeUpdate();
    }
  }

  static Optional<Row> find(Connection connection, EntityId reply) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(COLUMNS + " WHERE reply_id = ?")) {
      select.setBytes(1, reply.bytes());
      return rows(select).stream().findFirst();
    }
  }

  /** What was replied to these claims, oldest first. */
  static List<Row> to(Connection connection, Collection<EntityId> claims) throws SQLException {
    if (claims.isEmpty()) {
      return List.of();
    }
    String marks = String.join(", ", Collections.nCopies(claims.size(), "?"));
    try (PreparedStatement select =
        connection.prepareStatement(
            COLUMNS + " WHERE claim_id IN (" + marks + ") ORDER BY ledger_sequence, reply_id")) {
      int next = 1;
      for (EntityId claim : claims) {
        select.setBytes(next++, claim.bytes());
      }
      return rows(select);
    }
  }

  /** How many contests of the claim stand; of this user only, if one is given. */
  static int contests(Connection connection, EntityId claim, Optional<String> by)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT COUNT(*) FROM claim_replies WHERE claim_id = ? AND type = 'CONTEST'"
                + " AND ended IS NULL"
                + (by.isPresent() ? " AND asserted_by = ?" : ""))) {
      select.setBytes(1, claim.bytes());
      if (by.isPresent()) {
        select.setString(2, by.get());
      }
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  /**
   * Takes a contest back.
   *
   * @return false if it was already
   */
  static boolean end(Connection connection, EntityId reply) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE claim_replies SET ended = 'withdrawn' WHERE reply_id = ? AND ended IS NULL")) {
      update.setBytes(1, reply.bytes());
      return update.executeUpdate() == 1;
    }
  }

  private static List<Row> rows(PreparedStatement select) throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        rows.add(
            new Row(
                EntityId.of(row.getBytes(1)),
                Digest.of(row.getBytes(2)),
                row.getString(3),
                EntityId.of(row.getBytes(4)),
                row.getString(5) != null,
                row.getLong(6)));
      }
    }
    return rows;
  }
}
