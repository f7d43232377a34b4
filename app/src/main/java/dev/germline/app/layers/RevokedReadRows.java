package dev.germline.app.layers;

import dev.germline.app.identity.Caller;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerVersion;
import dev.germline.core.substrate.EntityId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** revoked_reads. */
final class RevokedReadRows {
  private RevokedReadRows() {}

  /** Counts a read; the first of its day makes the row. */
  static void count(
      Connection connection, EntityId id, EntityId layer, String reader, String what, Instant at)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO revoked_reads (id, layer_id, reader, what, first_at, last_at, requests)"
                + " VALUES (?, ?, ?, ?, ?, ?, 1) ON DUPLICATE KEY UPDATE"
                + " last_at = GREATEST(last_at, VALUES(last_at)), requests = requests + 1")) {
      insert.setBytes(1, id.bytes());
      insert.setBytes(2, layer.bytes());
      insert.setString(3, reader);
      insert.setString(4, what);
      insert.setLong(5, at.toEpochMilli());
      insert.setLong(6, at.toEpochMilli());
      insert.executeUpdate();
    }
  }

  /**
   * Newest first: to an admin all, to others their own reads and those of their layers.
   *
   * @param layer only of this one
   */
  static List<RevokedRead> page(
      Connection connection,
      Caller caller,
      @Nullable EntityId layer,
      @Nullable Cursor after,
      int limit)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT r.id, l.namespace, l.name, l.version, r.reader, r.what, r.first_at, r.last_at,"
                + " r.requests FROM revoked_reads r JOIN genomic_layers l ON l.id = r.layer_id AND"
                + LayerRows.VISIBLE
                + " WHERE (? OR r.reader = ? OR l.creator = ?)"
                + (layer == null ? "" : " AND r.layer_id = ?")
                + (after == null ? "" : " AND (r.first_at < ? OR (r.first_at = ? AND r.id < ?))")
                + " ORDER BY r.first_at DESC, r.id DESC LIMIT ?")) {
      int next = LayerRows.visible(select, 1, caller);
      select.setBoolean(next++, caller.admin());
      select.setString(next++, caller.name());
      select.setString(next++, caller.name());
      if (layer != null) {
        select.setBytes(next++, layer.bytes());
      }
      if (after != null) {
        select.setLong(next++, after.ledgerSequence());
        select.setLong(next++, after.ledgerSequence());
        select.setBytes(next++, after.id().bytes());
      }
      select.setInt(next, limit);
      List<RevokedRead> reads = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          reads.add(
              new RevokedRead(
                  EntityId.of(row.getBytes(1)),
                  new LayerName(
                      row.getString(2), row.getString(3), LayerVersion.parse(row.getString(4))),
                  row.getString(5),
                  row.getString(6),
                  Instant.ofEpochMilli(row.getLong(7)),
                  Instant.ofEpochMilli(row.getLong(8)),
                  row.getLong(9)));
        }
      }
      return reads;
    }
  }

  /** Forgets some that are old; how many. */
  static int forget(Connection connection, Instant before, int most) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM revoked_reads WHERE first_at < ? LIMIT ?")) {
      delete.setLong(1, before.toEpochMilli());
      delete.setInt(2, most);
      return delete.executeUpdate();
    }
  }
}
