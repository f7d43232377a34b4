package dev.germline.app.metrics;

import dev.germline.core.metrics.Period;
import dev.germline.core.substrate.EntityId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** layer_usage. */
final class UsageRows {
  private static final int DUPLICATE = 1062;
  private static final String COLUMNS =
      "SELECT user_id, session_id, started_at, ended_at, performance_rating, comment"
          + " FROM layer_usage WHERE layer_id = ?";

  private UsageRows() {}

  /** Where a page ended. */
  record After(long startedAt, String user, String session) {}

  /** False when it is there already. */
  static boolean insert(Connection connection, EntityId layer, Session session)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO layer_usage (layer_id, started_at, user_id, session_id, ended_at,"
                + " performance_rating, comment) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      Instant end = session.endedAt();
      insert.setBytes(1, layer.bytes());
      insert.setLong(2, session.startedAt().toEpochMilli());
      insert.setString(3, session.user());
      insert.setString(4, session.sessionId());
      insert.setObject(5, end == null ? null : end.toEpochMilli(), Types.BIGINT);
      insert.setObject(6, session.rating(), Types.DOUBLE);
      insert.setString(7, session.comment());
      insert.executeUpdate();
      return true;
    } catch (SQLException failure) {
      if (failure.getErrorCode() == DUPLICATE) {
        return false;
      }
      throw failure;
    }
  }

  static Optional<Session> find(Connection connection, EntityId layer, String user, SessionId id)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            COLUMNS + " AND started_at = ? AND user_id = ? AND session_id = ?")) {
      select.setBytes(1, layer.bytes());
      select.setLong(2, id.startedAt());
      select.setString(3, user);
      select.setString(4, id.sessionId());
      return sessions(select).stream().findFirst();
    }
  }

  /** Layers by the sessions that began since then, those with most first. */
  static List<EntityId> mostUsed(Connection connection, Instant since, int most)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT layer_id FROM layer_usage WHERE started_at >= ? GROUP BY layer_id"
                + " ORDER BY COUNT(*) DESC, MAX(started_at) DESC LIMIT ?")) {
      select.setLong(1, since.toEpochMilli());
      select.setInt(2, most);
      List<EntityId> layers = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          layers.add(EntityId.of(row.getBytes(1)));
        }
      }
      return layers;
    }
  }

  /** False when it is not there, or has ended. */
  static boolean end(Connection connection, EntityId layer, Session session) throws SQLException {
    Instant end = session.endedAt();
    if (end == null) {
      throw new IllegalArgumentException("the session goes on");
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE layer_usage SET ended_at = ?, performance_rating = ?, comment = ?"
                + " WHERE layer_id = ? AND started_at = ? AND user_id = ? AND session_id = ?"
                + " AND ended_at IS NULL")) {
      update.setLong(1, end.toEpochMilli());
      update.setObject(2, session.rating(), Types.DOUBLE);
      update.setString(3, session.comment());
      update.setBytes(4, layer.bytes());
      update.setLong(5, session.startedAt().toEpochMilli());
      update.setString(6, session.user());
      update.setString(7, session.sessionId());
      return update.executeUpdate() == 1;
    }
  }

  /** Newest first; one more than the limit when there are more. */
  static List<Session> page(
      Connection connection,
      EntityId layer,
      @Nullable String user,
      @Nullable After after,
      int limit)
      throws SQLException {
    StringBuilder sql = new StringBuilder(COLUMNS);
    List<Object> values = new ArrayList<>();
    values.add(layer.bytes());
    if (user != null) {
      sql.append(" AND user_id = ?");
      values.add(user);
    }
    if (after != null) {
      sql.append(" AND started_at <= ? AND (started_at < ? OR user_id < ? OR (user_id = ?")
          .append(" AND session_id < ?))");
      values.addAll(
          List.of(
              after.startedAt(), after.startedAt(), after.user(), after.user(), after.session()));
    }
    sql.append(" ORDER BY started_at DESC, user_id DESC, session_id DESC LIMIT ?");
    values.add(limit + 1);
    try (PreparedStatement select = connection.prepareStatement(sql.toString())) {
      for (int i = 0; i < values.size(); i++) {
        select.setObject(i + 1, values.get(i));
      }
      return sessions(select);
    }
  }

  /** By period, newest first, at most so many. */
  static List<UsageSummary> summaries(
      Connection connection, EntityId layer, Period period, Instant from, Instant to, int limit)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT "
                + start(period)
                + " AS period_start, COUNT(*), COUNT(DISTINCT user_id), COUNT(ended_at),"
                + " AVG(ended_at - started_at), COUNT(performance_rating), AVG(performance_rating)"
                + " FROM layer_usage WHERE layer_id = ? AND started_at >= ? AND started_at < ?"
                + " GROUP BY period_start ORDER BY period_start DESC LIMIT ?")) {
      select.setBytes(1, layer.bytes());
      select.setLong(2, from.toEpochMilli());
      select.setLong(3, to.toEpochMilli());
      select.setInt(4, limit);
      List<UsageSummary> summaries = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          long rated = row.getLong(6);
          summaries.add(
              new UsageSummary(
                  row.getObject(1, LocalDate.class),
                  row.getLong(2),
                  row.getLong(3),
                  row.getLong(4) == 0 ? null : Duration.ofNanos(Math.round(row.getDouble(5) * 1e6)),
                  rated,
                  rated == 0 ? null : row.getDouble(7)));
        }
      }
      return summaries;
    }
  }

  /** The first day of the period in UTC, as {@link Period#start}; 1970-01-01 was a Thursday. */
  private static String start(Period period) {
    String day = "DATE_ADD(DATE '1970-01-01', INTERVAL (started_at DIV 86400000) DAY)";
    return switch (period) {
      case DAY -> day;
      case WEEK ->
          "DATE_ADD(DATE '1969-12-29',"
              + " INTERVAL ((started_at DIV 86400000 + 3) DIV 7 * 7) DAY)";
      case MONTH -> "DATE_SUB(" + day + ", INTERVAL (DAYOFMONTH(" + day + ") - 1) DAY)";
      case ALL -> "DATE '1970-01-01'";
    };
  }

  private static List<Session> sessions(PreparedStatement select) throws SQLException {
    List<Session> sessions = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        Long end = row.getObject(4, Long.class);
        sessions.add(
            new Session(
                row.getString(1),
                row.getString(2),
                Instant.ofEpochMilli(row.getLong(3)),
                end == null ? null : Instant.ofEpochMilli(end),
                row.getObject(5, Double.class),
                row.getString(6)));
      }
    }
    return sessions;
  }
}
