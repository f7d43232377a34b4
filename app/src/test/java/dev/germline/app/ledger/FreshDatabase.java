package dev.germline.app.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.app.config.MySqlSettings;
import dev.germline.app.sql.Database;
import dev.germline.core.ledger.CognitiveDiff;
import dev.germline.core.ledger.DeviceKey;
import dev.germline.core.ledger.SignedStateRoot;
import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.testing.Relay;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A database of its own for one test, with a table that many write, and the ledgers on it. */
final class FreshDatabase implements AutoCloseable {
  private static final LedgerSettings SETTINGS =
      new LedgerSettings(64, 1_000, Duration.ofSeconds(30), Duration.ofSeconds(5), 1_000_000);

  private final DeviceKey device = DeviceKey.generate(new SecureRandom());
  private final List<Ledger> opened = new ArrayList<>();
  private final MysqlEndpoint endpoint;
  private final Database database;

  FreshDatabase(MysqlEndpoint endpoint) {
    this.endpoint = endpoint;
    this.database = open(Duration.ofSeconds(60));
    database.transact(connection ->
        connection
            .createStatement()
            .execute(
                "CREATE TABLE writers (name VARCHAR(40) PRIMARY KEY, sequence BIGINT NOT NULL)"
                    + " ENGINE = InnoDB"));
  }

  /** Whose key its ledgers sign with. */
  DeviceKey device() {
    return device;
  }

  Database database() {
    return database;
  }

  /** Another pool of connections to it. */
  Database open(Duration socketTimeout) {
    return open(endpoint.url(), socketTimeout);
  }

  private Database open(String url, Duration socketTimeout) {
    Duration connectTimeout = Duration.ofSeconds(5);
    return Database.open(
        new MySqlSettings(
            url, endpoint.user(), endpoint.password(), 8, connectTimeout, socketTimeout));
  }

  /** The same database by way of a relay. */
  Database through(Relay relay, Duration socketTimeout) {
    return open(endpoint.url().replaceFirst(":\\d+/", ":" + relay.port() + "/"), socketTimeout);
  }

  Relay relay() {
    Matcher port = Pattern.compile(":(\\d+)/").matcher(endpoint.url());
    assertThat(port.find()).as(endpoint.url()).isTrue();
    return Relay.to(Integer.parseInt(port.group(1)));
  }

  Ledger ledger() {
    return ledger(database, SETTINGS);
  }

  Ledger ledger(LedgerSettings settings) {
    return ledger(database, settings);
  }

  Ledger ledger(Database through) {
    return ledger(through, SETTINGS);
  }

  private Ledger ledger(Database database, LedgerSettings settings) {
    Ledger ledger =
        Ledger.open(
            database.dataSource(), device, Clock.systemUTC(), settings, () -> 0, sequence -> {});
    opened.add(ledger);
    return ledger;
  }

  List<SignedStateRoot> chain() {
    return database.read(connection -> ChainTable.commitsAfter(connection, 0, 10_000)).stream()
        .map(ChainTable.StoredCommit::record)
        .toList();
  }

  List<CognitiveDiff> diffs() {
    return database.read(connection -> ChainTable.commitsAfter(connection, 0, 10_000)).stream()
        .map(ChainTable.StoredCommit::diff)
        .toList();
  }

  long rowCount() {
    return database.read(FreshDatabase::rowCount);
  }

  static long rowCount(Connection connection) throws SQLException {
    try (var rows = connection.createStatement().executeQuery("SELECT COUNT(*) FROM writers")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Override
  public void close() {
    opened.forEach(Ledger::close);
    database.close();
  }
}
