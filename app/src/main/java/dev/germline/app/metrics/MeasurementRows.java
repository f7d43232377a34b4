package dev.germline.app.metrics;

import dev.germline.core.metrics.Measurement;
import dev.germline.core.substrate.EntityId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** layer_performance. */
final class MeasurementRows {
  /** The driver makes one statement of so many rows. */
  private static final int AT_ONCE = 1000;

  private MeasurementRows() {}

  /** A measurement to keep. */
  record Placed(EntityId layer, Measurement measurement) {}

  /** Where a page ended: the row after which the next begins. */
  record After(long at, long batch, long position) {}

  /** Which rows to list; absent parts match everything. */
  record Filter(
      @Nullable String task,
      @Nullable String metric,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable After after,
      int limit) {}

  /** A measurement that was kept. */
  record Kept(long batch, long position, String by, Measurement measurement) {}

  static void insert(Connection connection, long batch, String by, List<Placed> rows)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO layer_performance (layer_id, measured_at, batch_id, position, task_type,"
                + " metric_type, value, measured_by, context) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      int position = 0;
      for (Placed row : rows) {
        Measurement measurement = row.measurement();
        insert.setBytes(1, row.layer().bytes());
        insert.setLong(2, measurement.measuredAt().toEpochMilli());
        insert.setLong(3, batch);
        insert.setInt(4, position++);
        insert.setString(5, measurement.taskType());
        insert.setString(6, measurement.metricType());
        insert.setDouble(7, measurement.value());
        insert.setString(8, by);
        insert.setString(9, measurement.context());
        insert.addBatch();
        if (position % AT_ONCE == 0) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
    }
  }

  /** Newest first; one more than the limit when there are more. */
  static List<Kept> page(Connection connection, EntityId layer, Filter filter) throws SQLException {
    StringBuilder sql =
        new StringBuilder(
            "SELECT batch_id, position, measured_by, task_type, metric_type, value, measured_at,"
                + " context FROM layer_performance WHERE layer_id = ?");
    List<Object> values = new ArrayList<>();
    values.add(layer.bytes());
    if (filter.task() != null) {
      sql.append(" AND task_type = ?");
      values.add(filter.task());
    }
    if (filter.metric() != null) {
      sql.append(" AND metric_type = ?");
      values.add(filter.metric());
    }
    if (filter.from() != null) {
      sql.append(" AND measured_at >= ?");
      values.add(filter.from().toEpochMilli());
    }
    if (filter.to() != null) {
      sql.append(" AND measured_at < ?");
      values.add(filter.to().toEpochMilli());
    }
    After after = filter.after();
    if (after != null) {
      // The first condition is what partitions are chosen by.
      sql.append(" AND measured_at <= ? AND (measured_at < ? OR batch_id < ? OR (batch_id = ?")
          .append(" AND position < ?))");
      values.addAll(
          List.of(after.at(), after.at(), after.batch(), after.batch(), after.position()));
    }
    sql.append(" ORDER BY measured_at DESC, batch_id DESC, position DESC LIMIT ?");
    values.add(filter.limit() + 1);
    try (PreparedStatement select = connection.prepareStatement(sql.toString())) {
      for (int i = 0; i < values.size(); i++) {
        select.setObject(i + 1, values.get(i));
      }
      return kept(select);
    }
  }

  private static List<Kept> kept(PreparedStatement select) throws SQLException {
    List<Kept> kept = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        kept.add(
            new Kept(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                new Measurement(
                    row.getString(4),
                    row.getString(5),
                    row.getDouble(6),
                    Instant.ofEpochMilli(row.getLong(7)),
                    row.getString(8))));
      }
    }
    return kept;
  }
}
