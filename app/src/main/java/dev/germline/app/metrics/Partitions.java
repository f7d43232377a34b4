package dev.germline.app.metrics;

import dev.germline.app.sql.Database;
import dev.germline.core.metrics.MonthPlan;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps the measurements in their months: makes the partitions of the months to come, and drops
 * what is older than the retention. Of several app processes one does it at a time; the others
 * leave it to that one. It may be killed at any point and made again. Thread-safe.
 */
public final class Partitions {
  private static final int AT_ONCE = 10_000;

  /** Of this database; a lock's name has at most 64 characters. */
  private static final String LOCK = "CONCAT('germline.metrics.', LEFT(SHA2(DATABASE(), 256), 32))";

  private final Database database;
  private final MetricsSettings settings;
  private final Clock clock;

  public Partitions(Database database, MetricsSettings settings, Clock clock) {
    this.database = database;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * What was done.
   *
   * @param made partitions of both tables
   * @param dropped as {@code table month}
   * @param forgotten rows of days and requests
   */
  public record Done(int made, List<String> dropped, int forgotten) {}

  /** Brings everything up to date; empty when another process is at it. */
  public Optional<Done> maintain() {
    return database.read(connection -> {
      if (!lock(connection)) {
        return Optional.empty();
      }
      try {
        Database.beginLongWork(connection);
        return Optional.of(maintain(connection));
      } finally {
        unlock(connection);
      }
    });
  }

  private Done maintain(Connection connection) throws SQLException {
    Instant now = clock.instant();
    int made = 0;
    Stream.Builder<String> dropped = Stream.builder();
    for (PartitionTable table : PartitionTable.values()) {
      MonthPlan plan =
          MonthPlan.of(
              table.months(connection), now, settings.retention(), settings.partitionsAhead());
      if (!plan.add().isEmpty()) {
        table.add(connection, plan.add());
        made += plan.add().size();
      }
      if (!plan.drop().isEmpty()) {
        table.drop(connection, plan.drop());
        plan.drop().forEach(month -> dropped.add(table.table() + " " + month));
      }
    }
    return new Done(made, dropped.build().toList(), forget(connection, now));
  }

  private int forget(Connection connection, Instant now) throws SQLException {
    YearMonth first = MonthPlan.firstKept(now, settings.retention());
    Instant keys = now.minus(settings.keyLifetime());
    int forgotten = 0;
    int some;
    do {
      some = DayRows.forget(connection, first.atDay(1), AT_ONCE);
      forgotten += some;
    } while (some == AT_ONCE);
    do {
      some = BatchRows.forget(connection, keys, AT_ONCE);
      forgotten += some;
    } while (some == AT_ONCE);
    return forgotten;
  }

  private static boolean lock(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT GET_LOCK(" + LOCK + ", 0)")) {
      return row.next() && row.getInt(1) == 1;
    }
  }

  private static void unlock(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DO RELEASE_LOCK(" + LOCK + ")");
    }
  }
}
