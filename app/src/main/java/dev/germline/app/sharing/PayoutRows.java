package dev.germline.app.sharing;

import dev.germline.app.identity.Caller;
import dev.germline.app.layers.VisibleLayers;
import dev.germline.core.sharing.Owed;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityId;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** payouts_owed, and the use that it is computed from. */
final class PayoutRows {
  private PayoutRows() {}

  /**
   * How a layer was used in a time.
   *
   * @param seconds of the sessions that have ended
   */
  record Use(EntityId layer, Digest digest, long sessions, long seconds) {}

  /**
   * What somebody is owed for a month of a layer.
   *
   * @param layer its name, absent where the reader may not see it
   */
  record Row(
      @Nullable String layer,
      String month,
      String recipient,
      String reason,
      BigDecimal amount,
      String currency,
      long sessions,
      Instant computedAt) {}

  /** The use of layers from a time (included) to another (excluded), in milliseconds. */
  static List<Use> use(Connection connection, long from, long until, EntityId after, int limit)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT u.layer_id, l.digest, u.sessions, u.millis FROM"
                + " (SELECT layer_id, COUNT(*) AS sessions,"
                + " SUM(CASE WHEN ended_at > started_at THEN ended_at - started_at ELSE 0 END)"
                + " AS millis FROM layer_usage WHERE started_at >= ? AND started_at < ?"
                + " AND layer_id > ? GROUP BY layer_id ORDER BY layer_id LIMIT ?) u"
                + " JOIN genomic_layers l ON l.id = u.layer_id ORDER BY u.layer_id")) {
      select.setLong(1, from);
      select.setLong(2, until);
      select.setBytes(3, after.bytes());
      select.setInt(4, limit);
      List<Use> use = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          use.add(
              new Use(
                  EntityId.of(row.getBytes(1)),
                  Digest.of(row.getBytes(2)),
                  row.getLong(3),
                  row.getLong(4) / 1000));
        }
      }
      return use;
    }
  }

  /** Whether something is written for the layer and month. */
  static boolean written(Connection connection, EntityId layer, String month) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT 1 FROM payouts_owed WHERE month = ? AND layer_id = ? LIMIT 1")) {
      select.setString(1, month);
      select.setBytes(2, layer.bytes());
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  static void insert(
      Connection connection,
      Use use,
      String month,
      List<Owed> owed,
      BigDecimal revenue,
      String currency,
      Instant at)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO payouts_owed (layer_id, month, recipient, reason, amount, currency,"
                + " revenue, sessions, computed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (Owed one : owed) {
        insert.setBytes(1, use.layer().bytes());
        insert.setString(2, month);
        insert.setString(3, one.recipient());
        insert.setString(4, one.reason().toString());
        insert.setBigDecimal(5, one.amount());
        insert.setString(6, currency);
        insert.setBigDecimal(7, revenue);
        insert.setLong(8, use.sessions());
        insert.setLong(9, at.toEpochMilli());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** What a recipient, or everybody, is owed for a month; by layer, recipient and reason. */
  static List<Row> owed(
      Connection connection,
      String month,
      @Nullable String recipient,
      int offset,
      int limit,
      Caller caller)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT CASE WHEN"
                + VisibleLayers.PREDICATE
                + " THEN CONCAT(l.namespace, '/', l.name, '@', l.version) END,"
                + " p.recipient, p.reason, p.amount, p.currency, p.sessions, p.computed_at"
                + " FROM payouts_owed p JOIN genomic_layers l ON l.id = p.layer_id"
                + " WHERE p.month = ?"
                + (recipient == null ? "" : " AND p.recipient = ?")
                + " ORDER BY p.layer_id, p.recipient, p.reason LIMIT ? OFFSET ?")) {
      int next = VisibleLayers.bind(select, 1, caller);
      select.setString(next++, month);
      if (recipient != null) {
        select.setString(next++, recipient);
      }
      select.setInt(next++, limit);
      select.setInt(next, offset);
      List<Row> rows = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          rows.add(
              new Row(
                  row.getString(1),
                  month,
                  row.getString(2),
                  row.getString(3),
                  row.getBigDecimal(4),
                  row.getString(5),
                  row.getLong(6),
                  Instant.ofEpochMilli(row.getLong(7))));
        }
      }
      return rows;
    }
  }
}
