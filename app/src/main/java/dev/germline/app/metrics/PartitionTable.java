package dev.germline.app.metrics;

import dev.germline.core.metrics.MonthPlan;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The monthly partitions of a table: {@code p202611} and so on, and {@code pmax} behind them. */
enum PartitionTable {
  PERFORMANCE("layer_performance"),
  USAGE("layer_usage");

  private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'p'uuuuMM");

  /** Seconds that an ALTER waits for those who use the table; others wait behind it. */
  private static final int PATIENCE = 10;

  private final String table;

  PartitionTable(String table) {
    this.table = table;
  }

  String table() {
    return table;
  }

  /** The months that have a partition. */
  SortedSet<YearMonth> months(Connection connection) throws SQLException {
    SortedSet<YearMonth> months = new TreeSet<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT partition_name FROM information_schema.partitions"
                + " WHERE table_schema = DATABASE() AND table_name = ?"
                + " AND partition_name IS NOT NULL AND partition_name <> 'pmax'")) {
      select.setString(1, table);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          months.add(YearMonth.parse(row.getString(1), NAME));
        }
      }
    }
    return months;
  }

  /** Makes partitions out of pmax; what lies in it goes to the one of its month. */
  void add(Connection connection, List<YearMonth> months) throws SQLException {
    alter(
        connection,
        "REORGANIZE PARTITION pmax INTO ("
            + months.stream()
                .map(month ->
                    "PARTITION %s VALUES LESS THAN (%d)"
                        .formatted(NAME.format(month), MonthPlan.end(month)))
                .collect(Collectors.joining(", "))
            + ", PARTITION pmax VALUES LESS THAN MAXVALUE)");
  }

  /** Drops partitions with all that is in them. */
  void drop(Connection connection, List<YearMonth> months) throws SQLException {
    alter(
        connection,
        "DROP PARTITION " + months.stream().map(NAME::format).collect(Collectors.joining(", ")));
  }

  private void alter(Connection connection, String how) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION lock_wait_timeout = " + PATIENCE);
      try {
        statement.execute("ALTER TABLE " + table + " " + how);
      } finally {
        statement.execute("SET SESSION lock_wait_timeout = DEFAULT");
      }
    }
  }
}
