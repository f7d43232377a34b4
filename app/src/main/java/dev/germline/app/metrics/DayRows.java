package dev.germline.app.metrics;

import dev.germline.core.metrics.Series;
import dev.germline.core.substrate.EntityId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** layer_performance_days: what the measurements of each series and day come to. */
final class DayRows {
  private static final int AT_ONCE = 200;
  private static final String ONE =
      "(layer_id = ? AND task_type = ? AND metric_type = ? AND day = ?)";

  private DayRows() {}

  /** A series on a day (UTC). All writers lock in this order, so none waits for another's end. */
  record Key(EntityId layer, String task, String metric, LocalDate day) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::layer)
            .thenComparing(Key::task)
            .thenComparing(Key::metric)
            .thenComparing(Key::day);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /** Which days to read; absent parts match everything. */
  record Filter(@Nullable String task, @Nullable String metric, LocalDate from, LocalDate to) {}

  /** Takes rows in the order of layer, task, metric and day. */
  @FunctionalInterface
  interface Reader {
    void row(Key key, Series series);
  }

  /** Adds these values to those that are there. The rows stay locked until the transaction ends. */
  static void add(Connection connection, SortedMap<Key, Series> more) throws SQLException {
    List<Key> keys = List.copyOf(more.keySet());
    for (int from = 0; from < keys.size(); from += AT_ONCE) {
      List<Key> some = keys.subList(from, Math.min(keys.size(), from + AT_ONCE));
      lock(connection, some);
      Map<Key, Series> there = read(connection, some);
      for (Key key : some) {
        there.computeIfAbsent(key, _ -> new Series()).merge(value(more, key));
      }
      write(connection, some, there);
    }
  }

  private static Series value(Map<Key, Series> map, Key key) {
    return map.getOrDefault(key, new Series());
  }

  /** A row that is there is locked at once: to read first and lock then could end in a deadlock. */
  private static void lock(Connection connection, List<Key> keys) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO layer_performance_days (layer_id, task_type, metric_type, day, n, mean,"
                + " series) VALUES (?, ?, ?, ?, 0, 0, '') ON DUPLICATE KEY UPDATE n = n")) {
      for (Key key : keys) {
        bind(insert, 1, key);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static Map<Key, Series> read(Connection connection, List<Key> keys) throws SQLException {
    Map<Key, Series> there = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT layer_id, task_type, metric_type, day, series FROM layer_performance_days"
                + " WHERE "
                + String.join(" OR ", Collections.nCopies(keys.size(), ONE))
                + " FOR UPDATE")) {
      int next = 1;
      for (Key key : keys) {
        next = bind(select, next, key);
      }
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          there.put(key(row), Series.decode(row.getBytes(5)));
        }
      }
    }
    return there;
  }

  private static void write(Connection connection, List<Key> keys, Map<Key, Series> values)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO layer_performance_days (layer_id, task_type, metric_type, day, n, mean,"
                + " series) VALUES (?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE"
                + " n = VALUES(n), mean = VALUES(mean), series = VALUES(series)")) {
      for (Key key : keys) {
        Series series = value(values, key);
        int next = bind(insert, 1, key);
        insert.setLong(next, series.count());
        insert.setDouble(next + 1, series.mean());
        insert.setBytes(next + 2, series.encode());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Gives all that the filter lets through, a row at a time. */
  static void forEach(
      Connection connection, Collection<EntityId> layers, Filter filter, Reader reader)
      throws SQLException {
    StringBuilder sql =
        new StringBuilder(
                "SELECT layer_id, task_type, metric_type, day, series FROM layer_performance_days"
                    + " WHERE layer_id IN (")
            .append(String.join(", ", Collections.nCopies(layers.size(), "?")))
            .append(')');
    List<String> texts = new ArrayList<>();
    if (filter.task() != null) {
      sql.append(" AND task_type = ?");
      texts.add(filter.task());
    }
    if (filter.metric() != null) {
      sql.append(" AND metric_type = ?");
      texts.add(filter.metric());
    }
    sql.append(" AND day >= ? AND day < ? ORDER BY layer_id, task_type, metric_type, day");
    try (PreparedStatement select =
        connection.prepareStatement(
            sql.toString(), ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
      select.setFetchSize(Integer.MIN_VALUE); // a row at a time, as the driver reads it
      int next = 1;
      for (EntityId layer : layers) {
        select.setBytes(next++, layer.bytes());
      }
      for (String text : texts) {
        select.setString(next++, text);
      }
      select.setObject(next++, filter.from());
      select.setObject(next, filter.to());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          reader.row(key(row), Series.decode(row.getBytes(5)));
        }
      }
    }
  }

  /** Deletes at most so many that are older; how many it were. */
  static int forget(Connection connection, LocalDate before, int atMost) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM layer_performance_days WHERE day < ? ORDER BY day LIMIT ?")) {
      delete.setObject(1, before);
      delete.setInt(2, atMost);
      return delete.executeUpdate();
    }
  }

  private static int bind(PreparedStatement statement, int from, Key key) throws SQLException {
    statement.setBytes(from, key.layer().bytes());
    statement.setString(from + 1, key.task());
    statement.setString(from + 2, key.metric());
    statement.setObject(from + 3, key.day());
    return from + 4;
  }

  private static Key key(ResultSet row) throws SQLException {
    return new Key(
        EntityId.of(row.getBytes(1)),
        row.getString(2),
        row.getString(3),
        row.getObject(4, LocalDate.class));
  }
}
