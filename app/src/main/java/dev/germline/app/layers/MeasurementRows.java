package dev.germline.app.layers;

import dev.germline.core.substrate.EntityId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** layer_performance and layer_usage. */
final class MeasurementRows {
  private MeasurementRows() {}

  static void insertPerformance(
      Connection connection,
      EntityId layer,
      String measuredBy,
      String task,
      String metric,
      double value,
      Instant at,
      @Nullable String context)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO layer_performance (layer_id, task_type, metric_type, value, measured_at,"
                + " measured_by, context) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      insert.setBytes(1, layer.bytes());
      insert.setString(2, task);
      insert.setString(3, metric);
      insert.setDouble(4, value);
      insert.setLong(5, at.toEpochMilli());
      insert.setString(6, measuredBy);
      insert.setString(7, context);
      insert.executeUpdate();
    }
  }

  static void insertUsage(
      Connection connection,
      EntityId layer,
      String user,
      String session,
      Instant start,
      @Nullable Instant end,
      @Nullable Double rating)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO layer_usage (layer_id, user_id, session_id, started_at, ended_at,"
                + " performance_rating) VALUES (?, ?, ?, ?, ?, ?)")) {
      insert.setBytes(1, layer.bytes());
      insert.setString(2, user);
      insert.setString(3, session);
      insert.setLong(4, start.toEpochMilli());
      insert.setObject(5, end == null ? null : end.toEpochMilli(), Types.BIGINT);
      insert.setObject(6, rating, Types.DOUBLE);
      insert.executeUpdate();
    }
  }
}
