package dev.germline.app.layers;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** How MySQL would go about statements. */
final class Plans {
  private Plans() {}

  /** The connection, which adds what is prepared on it to a list. */
  static Connection noting(Connection connection, List<String> statements) {
    return (Connection)
        Proxy.newProxyInstance(
            Plans.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) -> {
              if (method.getName().equals("prepareStatement")) {
                statements.add((String) arguments[0]);
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            });
  }

  static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Counts anew what the optimizer goes by. */
  static void analyze(Connection connection, String... tables) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ANALYZE TABLE " + String.join(", ", tables));
    }
  }

  /** The names of the tables that a statement would read from end to end. */
  static List<String> scanned(Connection connection, String sql) throws SQLException {
    // MySQL 9 would rather draw a tree; MariaDB knows the table only.
    boolean mariaDb = connection.getMetaData().getDatabaseProductVersion().contains("MariaDB");
    String how = mariaDb ? "EXPLAIN " : "EXPLAIN FORMAT=TRADITIONAL ";
    try (PreparedStatement explain = connection.prepareStatement(how + sql)) {
      long parameters = sql.chars().filter(c -> c == '?').count();
      for (int i = 1; i <= parameters; i++) {
        explain.setLong(i, i);
      }
      List<String> scanned = new ArrayList<>();
      try (ResultSet row = explain.executeQuery()) {
        while (row.next()) {
          String access = row.getString("type");
          if ("ALL".equals(access) || "index".equals(access)) {
            scanned.add(row.getString("table"));
          }
        }
      }
      return scanned;
    }
  }
}
