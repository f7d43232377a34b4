package dev.germline.app.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.germline.app.config.MySqlSettings;
import dev.germline.app.config.StartRefused;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * MySQL, with its schema in place. Work is bounded by the pool: whoever finds no connection within
 * the connect timeout gets STORE_UNAVAILABLE. Thread-safe.
 */
public final class Database implements AutoCloseable {
  /**
   * MySQL and MariaDB differ in their defaults: a value cut off silently would break hashes, and a
   * recursion cut off silently would miss a cycle. The second setting is read by MariaDB only.
   */
  private static final String SESSION =
      "SET SESSION sql_mode = 'STRICT_TRANS_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,"
          + "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'"
          + " /*M!100600 , SESSION max_recursive_iterations = 1000000 */";

  /** How often a transaction is begun that is given up for others. */
  private static final int ATTEMPTS = 5;

  /** Error codes of MySQL and MariaDB. */
  private static final int LOCK_WAIT_TIMEOUT = 1205;

  private static final int LOCK_DEADLOCK = 1213;
  private static final int ROW_IS_REFERENCED = 1451;
  private static final int NO_REFERENCED_ROW = 1452;

  private final HikariDataSource pool;
  private final MySqlSettings settings;

  private Database(HikariDataSource pool, MySqlSettings settings) {
    this.pool = pool;
    this.settings = settings;
  }

  /** Work on one connection. */
  @FunctionalInterface
  public interface Work<T extends @Nullable Object> {
    T on(Connection connection) throws SQLException;
  }

  /**
   * Opens the pool and migrates the schema.
   *
   * @throws StartRefused when the server does not answer or the schema cannot be brought up to date
   */
  public static Database open(MySqlSettings settings) {
    HikariDataSource pool = pool(settings);
    try {
      Flyway.configure(Database.class.getClassLoader())
          .dataSource(new LongWork(pool))
          .locations("classpath:db/migration")
          .validateMigrationNaming(true)
          .load()
          .migrate();
    } catch (FlywayException failure) {
      pool.close();
      throw new StartRefused(
          "GERMLINE_MYSQL_URL",
          "%s: the schema cannot be brought up to date: %s"
              .formatted(settings.url(), innermost(failure)));
    }
    return new Database(pool, settings);
  }

  private static HikariDataSource pool(MySqlSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("mysql");
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(settings.poolSize());
    config.setMinimumIdle(2);
    config.setConnectionTimeout(settings.connectTimeout().toMillis());
    // A dead connection must not take all the time in which another could be had.
    config.setValidationTimeout(Math.max(250, settings.connectTimeout().toMillis() / 2));
    config.setInitializationFailTimeout(settings.connectTimeout().toMillis());
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    // Words, not numbers: the driver passes over a property that is not a string.
    config.addDataSourceProperty("connectTimeout", millis(settings.connectTimeout()));
    config.addDataSourceProperty("socketTimeout", millis(settings.socketTimeout()));
    config.addDataSourceProperty("connectionTimeZone", "UTC");
    config.addDataSourceProperty("rewriteBatchedStatements", "true");
    config.addDataSourceProperty("cachePrepStmts", "true");
    config.addDataSourceProperty("prepStmtCacheSize", "128");
    config.addDataSourceProperty("prepStmtCacheSqlLimit", "4096");
    config.addDataSourceProperty("allowPublicKeyRetrieval", "true");
    config.setConnectionInitSql(SESSION);
    try {
      return new HikariDataSource(config);
    } catch (RuntimeException failure) {
      throw new StartRefused(
          "GERMLINE_MYSQL_URL",
          "%s does not answer as user %s: %s"
              .formatted(settings.url(), settings.user(), innermost(failure)));
    }
  }

  /**
   * Lets this connection wait long for an answer, until it goes back to the pool: for statements
   * that change a table or read all of it.
   */
  public static void beginLongWork(Connection connection) throws SQLException {
    connection.setNetworkTimeout(Runnable::run, (int) MySqlSettings.LONGEST_WORK.toMillis());
  }

  /** For whoever manages transactions itself. */
  public DataSource dataSource() {
    return pool;
  }

  /**
   * Asks the server for a sign of life on a connection of its own, so that a pool at work is not
   * taken for a server that is away.
   *
   * @param limit for the connection and for each of its answers
   * @throws SQLException if there is none
   */
  public void ping(Duration limit) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", settings.user());
    properties.setProperty("password", settings.password());
    properties.setProperty("connectTimeout", millis(limit));
    properties.setProperty("socketTimeout", millis(limit));
    properties.setProperty("allowPublicKeyRetrieval", "true");
    try (Connection connection = DriverManager.getConnection(settings.url(), properties);
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    }
  }

  /** Runs reads, each statement seeing what is committed (auto-commit). */
  public <T extends @Nullable Object> T read(Work<T> work) {
    try (Connection connection = pool.getConnection()) {
      try {
        return work.on(connection);
      } catch (SQLException failure) {
        throw cause(connection, failure);
      }
    } catch (SQLException failure) {
      throw translate(failure);
    }
  }

  /**
   * Runs one transaction: all of the work, or none of it. Work that the server gives up so that
   * another transaction can go on is done again, a few times: it must be repeatable.
   */
  public <T extends @Nullable Object> T transact(Work<T> work) {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      for (int attempt = 1; ; attempt++) {
        try {
          T result = work.on(connection);
          connection.commit();
          return result;
        } catch (SQLException failure) {
          rollback(connection, failure);
          if (failure.getErrorCode() != LOCK_DEADLOCK || attempt == ATTEMPTS) {
            throw cause(connection, failure);
          }
        } catch (RuntimeException failure) {
          rollback(connection, failure);
          throw failure;
        }
      }
    } catch (SQLException failure) {
      throw translate(failure);
    }
  }

  /** What a broken connection says when it is to roll back is not why the work failed. */
  private static void rollback(Connection connection, Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException broken) {
      cause.addSuppressed(broken);
    }
  }

  /** Runs reads that all see the same moment, however long they take. */
  public <T extends @Nullable Object> T snapshot(Work<T> work) {
    Connection connection = openSnapshot(opened -> opened);
    try {
      return work.on(connection);
    } catch (SQLException failure) {
      throw translate(connection, failure);
    } finally {
      closeSnapshot(connection);
    }
  }

  /**
   * Opens a connection that goes on seeing the moment of its first read, for work that outlives a
   * call. Whoever gets the result must end with {@link #closeSnapshot}.
   */
  public <T> T openSnapshot(Work<T> first) {
    try {
      Connection connection = pool.getConnection();
      try {
        beginLongWork(connection);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        return first.on(connection);
      } catch (SQLException | RuntimeException failure) {
        closeSnapshot(connection);
        throw failure;
      }
    } catch (SQLException failure) {
      throw translate(failure);
    }
  }

  /** Gives a snapshot's connection back; the pool resets its isolation. */
  public static void closeSnapshot(Connection connection) {
    try (connection) {
      connection.rollback();
    } catch (SQLException failure) {
      throw translate(failure);
    }
  }

  /** Whether a row was not written because what it refers to is not there (any more). */
  public static boolean refersToNothing(SQLException failure) {
    return failure.getErrorCode() == NO_REFERENCED_ROW;
  }

  /** Whether a row was not deleted because another refers to it. */
  public static boolean isReferredTo(SQLException failure) {
    return failure.getErrorCode() == ROW_IS_REFERENCED;
  }

  /**
   * Whether a transaction was given up so that another could go on. By its number: in a batch it
   * comes as a BatchUpdateException, which is not one of the transient ones.
   */
  public static boolean isDeadlock(SQLException failure) {
    return failure.getErrorCode() == LOCK_DEADLOCK || failure.getErrorCode() == LOCK_WAIT_TIMEOUT;
  }

  /**
   * Why work on a connection failed. When one is lost, the driver may tell of what it tripped over
   * next: of a statement that is closed, where it meant to clear its batch.
   *
   * @param connection not yet given back
   */
  public static SQLException cause(Connection connection, SQLException failure)
      throws SQLException {
    return connection.isClosed()
        ? new SQLNonTransientConnectionException("the connection was lost", "08S01", failure)
        : failure;
  }

  /** As {@link #translate(SQLException)} of why work on a connection failed. */
  public static GermlineException translate(Connection connection, SQLException failure) {
    try {
      return translate(cause(connection, failure));
    } catch (SQLException unknown) {
      failure.addSuppressed(unknown);
      return translate(failure);
    }
  }

  /** What a failure of the driver means to the one who asked; internals stay in the cause. */
  public static GermlineException translate(SQLException failure) {
    if (refersToNothing(failure)) {
      return new GermlineException(
          Fault.STORE_UNAVAILABLE,
          "something that was stored before is gone in the meantime; repeat it from its begin",
          failure);
    }
    if (isDeadlock(failure)) {
      return new GermlineException(
          Fault.STORE_UNAVAILABLE, "others are writing the same now; try again shortly", failure);
    }
    String state = failure.getSQLState();
    boolean unreachable =
        failure instanceof SQLTransientException
            || failure instanceof SQLNonTransientConnectionException
            || (state != null && state.startsWith("08"));
    return unreachable
        ? new GermlineException(
            Fault.STORE_UNAVAILABLE, "MySQL does not answer now; try again shortly", failure)
        : new GermlineException(Fault.INTERNAL, "a statement failed", failure);
  }

  @Override
  public void close() {
    pool.close();
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }

  private static String innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage());
    return message.lines().map(String::strip).filter(l -> !l.isEmpty()).findFirst().orElse("");
  }
}
