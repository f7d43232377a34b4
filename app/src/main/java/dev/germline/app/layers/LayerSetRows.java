package dev.germline.app.layers;

import dev.germline.app.identity.Caller;
import dev.germline.core.layers.LayerFamily;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Many layers of genomic_layers in one statement, as a caller may see them. */
final class LayerSetRows {
  private static final int MOST_RELATIONS = 10_000;

  private LayerSetRows() {}

  /** All versions of these families, at most so many. */
  static List<LayerRow> versions(
      Connection connection, List<LayerFamily> families, int most, Caller caller)
      throws SQLException {
    // An OR of pairs: MariaDB does not look pairs up in an index by IN.
    String pairs =
        "(l.namespace = ? AND l.name = ?)"
            + " OR (l.namespace = ? AND l.name = ?)".repeat(families.size() - 1);
    try (PreparedStatement select =
        connection.prepareStatement(
            LayerRows.COLUMNS
                + " WHERE ("
                + pairs
                + ") AND"
                + LayerRows.VISIBLE
                + " LIMIT "
                + most)) {
      int next = 1;
      for (LayerFamily family : families) {
        select.setString(next++, family.namespace());
        select.setString(next++, family.name());
      }
      LayerRows.visible(select, next, caller);
      return LayerRows.rows(select);
    }
  }

  /** Records of the claims that count and lead from one of these layers to one of those. */
  static List<Digest> relations(
      Connection connection, String type, List<Digest> subjects, List<Digest> objects)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT digest FROM layer_claims WHERE type = ? AND ended IS NULL AND subject_id IN ("
                + marks(subjects)
                + ") AND object_id IN ("
                + marks(objects)
                + ") ORDER BY ledger_sequence, claim_id LIMIT "
                + MOST_RELATIONS)) {
      int next = 1;
      select.setString(next++, type);
      for (Digest subject : subjects) {
        select.setBytes(next++, Document.idOf(subject).bytes());
      }
      for (Digest object : objects) {
        select.setBytes(next++, Document.idOf(object).bytes());
      }
      return digests(select);
    }
  }

  /**
   * Records of the DEPENDS_ON claims that count, are not contested, and were stated about these
   * layers after they were published: those of the publication itself only say how its ranges were
   * answered then.
   */
  static List<Digest> statedNeeds(Connection connection, List<Digest> subjects, Caller caller)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT c.digest FROM layer_claims c"
                + " JOIN genomic_layers s ON s.id = c.subject_id"
                + " AND s.ledger_sequence < c.ledger_sequence"
                + " JOIN genomic_layers l ON l.id = c.object_id AND"
                + LayerRows.VISIBLE
                + " WHERE c.type = 'DEPENDS_ON' AND c.ended IS NULL AND c.subject_id IN ("
                + marks(subjects)
                + ") AND NOT EXISTS (SELECT 1 FROM claim_replies r WHERE r.claim_id = c.claim_id"
                + " AND r.type = 'CONTEST' AND r.ended IS NULL)"
                + " ORDER BY c.ledger_sequence, c.claim_id LIMIT "
                + MOST_RELATIONS)) {
      int next = LayerRows.visible(select, 1, caller);
      for (Digest subject : subjects) {
        select.setBytes(next++, Document.idOf(subject).bytes());
      }
      return digests(select);
    }
  }

  private static List<Digest> digests(PreparedStatement select) throws SQLException {
    List<Digest> found = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        found.add(Digest.of(row.getBytes(1)));
      }
    }
    return found;
  }

  private static String marks(List<Digest> digests) {
    return "?,".repeat(digests.size() - 1) + "?";
  }

  /** Those of these records that are layers. */
  static List<LayerRow> pinned(Connection connection, List<Digest> digests, Caller caller)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            LayerRows.COLUMNS
                + " WHERE l.id IN ("
                + marks(digests)
                + ") AND"
                + LayerRows.VISIBLE)) {
      int next = 1;
      for (Digest digest : digests) {
        select.setBytes(next++, Document.idOf(digest).bytes());
      }
      LayerRows.visible(select, next, caller);
      return LayerRows.rows(select).stream().filter(row -> digests.contains(row.digest())).toList();
    }
  }
}
