package dev.germline.app.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.app.config.MySqlSettings;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.testing.TestStores;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transactions that the server gives up for one another, and connections that it loses. */
class BrokenTransactionsIT {
  private final Database database = open(TestStores.freshMysqlDatabase());

  private static Database open(MysqlEndpoint endpoint) {
    return Database.open(
        new MySqlSettings(
            endpoint.url(),
            endpoint.user(),
            endpoint.password(),
            4,
            Duration.ofSeconds(10),
            Duration.ofSeconds(60)));
  }

  @BeforeEach
  void twoRows() {
    database.read(connection -> {
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE tallies (id INT PRIMARY KEY, n INT NOT NULL)");
        return statement.executeUpdate("INSERT INTO tallies VALUES (1, 0), (2, 0)");
      }
    });
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatIsGivenUpIsDoneAgainEvenInABatch() throws Exception {
    CyclicBarrier bothHoldOne = new CyclicBarrier(2);
    AtomicInteger begun = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<Integer> up = threads.submit(() -> addToBoth(1, 2, bothHoldOne, begun));
      Future<Integer> down = threads.submit(() -> addToBoth(2, 1, bothHoldOne, begun));
      assertThat(up.get() + down.get()).isEqualTo(2);
    }
    assertThat(begun).hasValueGreaterThan(2);
    assertThat(sum()).isEqualTo(4);
  }

  /** As the driver does it itself in a batch: it trips over the statement that went with it. */
  @Test
  void aLostConnectionIsSaidToBeOneWhateverTheDriverTripsOver() {
    assertThatThrownBy(() ->
            database.transact(connection -> {
              PreparedStatement insert =
                  connection.prepareStatement("INSERT INTO tallies VALUES (?, 0)");
              long id = connectionId(connection);
              database.read(other -> other.createStatement().execute("KILL " + id));
              assertThatThrownBy(() -> connectionId(connection)).isInstanceOf(SQLException.class);
              insert.clearBatch();
              return 0;
            }))
        .isInstanceOfSatisfying(
            GermlineException.class,
            refused -> assertThat(refused.fault()).isEqualTo(Fault.STORE_UNAVAILABLE));
  }

  private static long connectionId(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT CONNECTION_ID()")) {
      row.next();
      return row.getLong(1);
    }
  }

  @Test
  void whatIsGivenUpAgainAndAgainIsRefusedForNow() {
    AtomicInteger attempts = new AtomicInteger();
    assertThatThrownBy(() ->
            database.transact(connection -> {
              attempts.incrementAndGet();
              throw new SQLException("Deadlock found", "40001", 1213);
            }))
        .isInstanceOfSatisfying(
            GermlineException.class,
            refused -> assertThat(refused.fault()).isEqualTo(Fault.STORE_UNAVAILABLE));
    assertThat(attempts).hasValue(5);
  }

  private int addToBoth(int first, int second, CyclicBarrier barrier, AtomicInteger begun) {
    AtomicInteger mine = new AtomicInteger();
    return database.transact(connection -> {
      begun.incrementAndGet();
      add(connection, first);
      if (mine.getAndIncrement() == 0) {
        await(barrier);
      }
      add(connection, second);
      return 1;
    });
  }

  private static void add(Connection connection, int id) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "INSERT INTO tallies (id, n) VALUES (?, 1) ON DUPLICATE KEY UPDATE n = n + 1")) {
      // As a batch: then a failure comes as a BatchUpdateException.
      update.setInt(1, id);
      update.addBatch();
      update.executeBatch();
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("the other did not come", e);
    }
  }

  private int sum() {
    return database.read(connection -> {
      try (Statement statement = connection.createStatement();
          var row = statement.executeQuery("SELECT SUM(n) FROM tallies")) {
        row.next();
        return row.getInt(1);
      }
    });
  }
}
