package dev.germline.app.layers;

import dev.germline.app.identity.Caller;
import dev.germline.core.layers.Relationship;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What stands directly on some layers, by the claims in layer_claims that count. */
final class ReachRows {
  private ReachRows() {}

  /**
   * A claim that one layer needs another or descends from it.
   *
   * @param claim of its record
   */
  record Row(Digest claim, Relationship.Kind kind, EntityId subject, EntityId object) {}

  /** Claims on any of these layers, as far as the caller sees who makes them; at most so many. */
  static List<Row> on(Connection connection, List<EntityId> objects, int most, Caller caller)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT c.digest, c.type, c.subject_id, c.object_id FROM layer_claims c"
                + " JOIN genomic_layers l ON l.id = c.subject_id AND"
                + LayerRows.VISIBLE
                + " WHERE c.type IN ('DEPENDS_ON', 'EVOLVED_FROM') AND c.ended IS NULL"
                + " AND c.object_id IN (?"
                + ", ?".repeat(objects.size() - 1)
                + ") LIMIT ?")) {
      int next = LayerRows.visible(select, 1, caller);
      for (EntityId object : objects) {
        select.setBytes(next++, object.bytes());
      }
      select.setInt(next, most);
      List<Row> rows = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          rows.add(
              new Row(
                  Digest.of(row.getBytes(1)),
                  Relationship.Kind.valueOf(row.getString(2)),
                  EntityId.of(row.getBytes(3)),
                  EntityId.of(row.getBytes(4))));
        }
      }
      return rows;
    }
  }
}
