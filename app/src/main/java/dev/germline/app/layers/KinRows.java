package dev.germline.app.layers;

import dev.germline.app.identity.Caller;
import dev.germline.core.substrate.EntityId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** layer_claims, as who is whose parent, for many at once; only what the caller may see. */
final class KinRows {
  private KinRows() {}

  /** A layer and one of its relatives. */
  record Pair(EntityId of, EntityId kin) {}

  /**
   * The newest relatives of each layer, newest first.
   *
   * @param limit of each layer
   * @param after only those that come after it
   */
  static List<Pair> of(
      Connection connection,
      Kin.Side side,
      List<EntityId> ids,
      int limit,
      @Nullable Cursor after,
      Caller caller)
      throws SQLException {
    if (ids.isEmpty()) {
      return List.of();
    }
    String of = side == Kin.Side.PARENTS ? "c.subject_id" : "c.object_id";
    String kin = side == Kin.Side.PARENTS ? "c.object_id" : "c.subject_id";
    // Grouped: two people may have said the same.
    String sql =
        "SELECT k.of_id, k.kin_id FROM (SELECT "
            + of
            + " AS of_id, l.id AS kin_id, ROW_NUMBER() OVER (PARTITION BY "
            + of
            + " ORDER BY l.ledger_sequence DESC, l.id DESC) AS place"
            + " FROM layer_claims c JOIN genomic_layers l ON l.id = "
            + kin
            + " WHERE c.type = 'EVOLVED_FROM' AND c.ended IS NULL AND "
            + of
            + " IN ("
            + String.join(", ", Collections.nCopies(ids.size(), "?"))
            + ")"
            + (after == null
                ? ""
                : " AND (l.ledger_sequence < ? OR (l.ledger_sequence = ? AND l.id < ?))")
            + " AND"
            + LayerRows.VISIBLE
            + " GROUP BY "
            + of
            + ", l.id, l.ledger_sequence) k WHERE k.place <= ? ORDER BY k.of_id, k.place";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int next = 1;
      for (EntityId id : ids) {
        select.setBytes(next++, id.bytes());
      }
      if (after != null) {
        select.setLong(next++, after.ledgerSequence());
        select.setLong(next++, after.ledgerSequence());
        select.setBytes(next++, after.id().bytes());
      }
      next = LayerRows.visible(select, next, caller);
      select.setInt(next, limit);
      List<Pair> pairs = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          pairs.add(new Pair(EntityId.of(row.getBytes(1)), EntityId.of(row.getBytes(2))));
        }
      }
      return pairs;
    }
  }
}
