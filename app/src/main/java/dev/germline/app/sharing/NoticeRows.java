package dev.germline.app.sharing;

import dev.germline.app.identity.Caller;
import dev.germline.app.layers.Cursor;
import dev.germline.app.layers.VisibleLayers;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerStatus;
import dev.germline.core.layers.LayerVersion;
import dev.germline.core.sharing.Advice;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** notices and notice_layers, as their owner may read them. */
final class NoticeRows {
  private NoticeRows() {}

  /**
   * What to list.
   *
   * @param open only those that were not acknowledged
   * @param id only this one
   */
  record Filter(boolean open, @Nullable EntityId id, int limit) {}

  /** The caller's notices about layers that it may see, without the layers that they name. */
  static List<Notice> page(
      Connection connection, Caller caller, Filter filter, @Nullable Cursor after)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT n.id, n.event, l.namespace, l.name, l.version, l.status, n.cause, n.advice,"
                + " n.affected, n.told_at, n.acknowledged_at, n.ledger_sequence FROM notices n"
                + " JOIN genomic_layers l ON l.id = n.layer_id AND"
                + VisibleLayers.PREDICATE
                + " WHERE n.owner = ?"
                + (filter.open() ? " AND n.acknowledged_at IS NULL" : "")
                + (filter.id() == null ? "" : " AND n.id = ?")
                + (after == null
                    ? ""
                    : " AND (n.ledger_sequence < ? OR (n.ledger_sequence = ? AND n.id < ?))")
                + " ORDER BY n.ledger_sequence DESC, n.id DESC LIMIT ?")) {
      int next = VisibleLayers.bind(select, 1, caller);
      select.setString(next++, caller.name());
      if (filter.id() != null) {
        select.setBytes(next++, filter.id().bytes());
      }
      if (after != null) {
        select.setLong(next++, after.ledgerSequence());
        select.setLong(next++, after.ledgerSequence());
        select.setBytes(next++, after.id().bytes());
      }
      select.setInt(next, filter.limit());
      List<Notice> notices = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          long acknowledged = row.getLong(11);
          Instant acknowledgedAt = row.wasNull() ? null : Instant.ofEpochMilli(acknowledged);
          notices.add(
              new Notice(
                  EntityId.of(row.getBytes(1)),
                  Digest.of(row.getBytes(2)),
                  name(row, 3),
                  LayerStatus.valueOf(row.getString(6).toUpperCase(Locale.ROOT)),
                  Notice.Cause.valueOf(row.getString(7).toUpperCase(Locale.ROOT)),
                  Advice.valueOf(row.getString(8).toUpperCase(Locale.ROOT).replace('-', '_')),
                  row.getInt(9),
                  List.of(),
                  Instant.ofEpochMilli(row.getLong(10)),
                  acknowledgedAt,
                  row.getLong(12)));
        }
      }
      return notices;
    }
  }

  /** The layers that notices name, the nearest first. They are their owner's own. */
  static Map<EntityId, List<Notice.Affected>> layers(Connection connection, List<EntityId> notices)
      throws SQLException {
    Map<EntityId, List<Notice.Affected>> layers = new HashMap<>();
    if (notices.isEmpty()) {
      return layers;
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT a.notice_id, l.namespace, l.name, l.version, a.distance FROM notice_layers a"
                + " JOIN genomic_layers l ON l.id = a.layer_id WHERE a.notice_id IN (?"
                + ", ?".repeat(notices.size() - 1)
                + ") ORDER BY a.distance, l.namespace, l.name, l.version")) {
      for (int i = 0; i < notices.size(); i++) {
        select.setBytes(i + 1, notices.get(i).bytes());
      }
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          layers
              .computeIfAbsent(EntityId.of(row.getBytes(1)), none -> new ArrayList<>())
              .add(new Notice.Affected(name(row, 2), row.getInt(5)));
        }
      }
    }
    return layers;
  }

  private static LayerName name(ResultSet row, int from) throws SQLException {
    return new LayerName(
        row.getString(from), row.getString(from + 1), LayerVersion.parse(row.getString(from + 2)));
  }

  static void acknowledge(Connection connection, EntityId id, String owner, Instant at)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE notices SET acknowledged_at = ?"
                + " WHERE id = ? AND owner = ? AND acknowledged_at IS NULL")) {
      update.setLong(1, at.toEpochMilli());
      update.setBytes(2, id.bytes());
      update.setString(3, owner);
      update.executeUpdate();
    }
  }

  /** Forgets some of what was acknowledged long ago; how many. */
  static int forget(Connection connection, Instant before, int most) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM notices WHERE acknowledged_at < ? LIMIT ?")) {
      delete.setLong(1, before.toEpochMilli());
      delete.setInt(2, most);
      return delete.executeUpdate();
    }
  }
}
