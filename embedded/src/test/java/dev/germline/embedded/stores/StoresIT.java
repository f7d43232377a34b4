package dev.germline.embedded.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.germline.embedded.stores.Trouble.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoresIT {
  /** Neo4j takes as long to start as all else together; only the first test needs it. */
  private static final Set<Part> QUICK = EnumSet.of(Part.MARIADB, Part.S3);

  @TempDir Path temp;

  @Test
  void allStoresStartStopAndLeaveNoProcess() throws Exception {
    Stores stores = Stores.start(Settings.stores(temp.resolve("data of mine")));
    List<ProcessHandle> processes = stores.parts().stream().map(stores::process).toList();
    assertThat(processes).hasSize(3).allMatch(ProcessHandle::isAlive);
    assertThat(query(stores.neo4jReader(), "RETURN 1")).isEqualTo(202);
    assertThat(query(stores.neo4jReader(), "CREATE (:Note)")).isEqualTo(400);
    assertThat(query(stores.neo4j(), "CREATE (:Note)")).isEqualTo(202);
    assertThat(visit(stores.neo4j().http().resolve("/browser-germline/lineage.html")))
        .contains("MATCH");
    assertThat(visit(stores.neo4j().http().resolve("/browser-germline/germline.grass")))
        .contains("node.LoraLayer");

    long start = System.nanoTime();
    stores.close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    assertThat(processes).noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void theSecondStartKeepsDataPortsAndPasswords() throws Exception {
    Settings settings = Settings.stores(temp).withParts(QUICK);
    MysqlEndpoint mysql;
    S3Endpoint s3;
    try (Stores stores = Stores.start(settings)) {
      mysql = stores.mysql();
      s3 = stores.s3();
      execute(mysql, "CREATE TABLE kept (id INT PRIMARY KEY)");
    }
    try (Stores stores = Stores.start(settings)) {
      assertThat(stores.mysql()).isEqualTo(mysql);
      assertThat(stores.s3()).isEqualTo(s3);
      execute(stores.mysql(), "INSERT INTO kept VALUES (1)");
    }
  }

  @Test
  void killedMariaDbComesBackWithWhatItAcknowledged() throws Exception {
    Settings settings = Settings.stores(temp).withParts(EnumSet.of(Part.MARIADB));
    try (Stores stores = Stores.start(settings)) {
      execute(stores.mysql(), "CREATE TABLE kept (id INT PRIMARY KEY)");
      execute(stores.mysql(), "INSERT INTO kept VALUES (7)");

      stores.kill(Part.MARIADB);
      assertThat(stores.ended(Part.MARIADB).join()).isEqualTo(128 + 9);
      Path left = Files.createFile(temp.resolve("mariadb").resolve("tmp").resolve("#sql-left.MAI"));
      stores.restart(Part.MARIADB);

      assertThat(number(stores.mysql(), "SELECT id FROM kept")).isEqualTo(7);
      assertThat(left).as("a temporary table, swept in its own folder").doesNotExist();
    }
  }

  @Test
  void theOnlyAccountIsTheOneWithTheRandomPassword() throws Exception {
    Settings settings = Settings.stores(temp).withParts(EnumSet.of(Part.MARIADB));
    try (Stores stores = Stores.start(settings)) {
      MysqlEndpoint mysql = stores.mysql();
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> DriverManager.getConnection(mysql.url(), "root", ""));
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> DriverManager.getConnection(mysql.url(), mysql.user(), "guess"));
    }
    assertThat(Files.getPosixFilePermissions(temp.resolve("secrets.json")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void aDataDirectoryInUseIsRefused() {
    try (DataDir mine = DataDir.open(temp)) {
      assertTrouble(Kind.IN_USE, "germline down");
    }
  }

  @Test
  void aPortInUseIsNotTakenFromItsOwner() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int busy = other.getLocalPort();
      Ports ports = new Ports(Map.of("S3", busy));
      assertThat(ports.choose("S3", 0, 0)).isNotEqualTo(busy);
      assertThat(ports.notes()).singleElement().asString().contains(busy + " is in use");
      assertThatExceptionOfType(Trouble.class)
          .isThrownBy(() -> ports.choose("Germline", busy, 0))
          .satisfies(trouble -> assertThat(trouble.kind()).isEqualTo(Kind.PORT_BUSY));
    }
  }

  @Test
  void thePortAskedForIsRefusedWhenInUseBeforeAnythingStarts() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int busy = other.getLocalPort();
      Settings settings = Settings.stores(temp).withApp().withCustomaryPorts(busy);
      assertThatExceptionOfType(Trouble.class)
          .isThrownBy(() -> Stores.prepare(settings).close())
          .withMessageContaining("port " + busy)
          .satisfies(trouble -> assertThat(trouble.kind()).isEqualTo(Kind.PORT_BUSY));
    }
  }

  /** Between the choice of a port and the start that uses it. */
  @ParameterizedTest
  @EnumSource(names = {"NEO4J", "MARIADB", "S3"})
  void aPortTakenByAnotherProgramMeanwhileIsNamed(Part part) throws IOException {
    try (Stores stores = Stores.prepare(Settings.stores(temp).withParts(EnumSet.of(part)));
        ServerSocket other =
            new ServerSocket(portOf(stores, part), 1, InetAddress.getLoopbackAddress())) {
      assertThat(other.isBound()).isTrue();
      assertThatExceptionOfType(Trouble.class)
          .isThrownBy(() -> stores.startAll(ready -> {}))
          .withMessageStartingWith(part.title() + " did not start")
          .satisfies(trouble -> {
            assertThat(trouble.kind()).as(trouble.getMessage()).isEqualTo(Kind.PORT_BUSY);
            assertThat(trouble.getMessage()).doesNotContain("\n");
            assertThat(stores.process(part).isAlive()).isFalse();
          });
    }
  }

  private static int portOf(Stores stores, Part part) {
    return part == Part.NEO4J ? stores.neo4j().bolt().getPort() : stores.address(part).getPort();
  }

  @Test
  void secretsOfAnOlderVersionGetTheReadersPassword() throws IOException {
    Path file = temp.resolve("secrets.json");
    Files.writeString(
        file,
        """
        {"mysqlPassword": "a", "neo4jPassword": "b", "s3AccessKey": "c", "s3SecretKey": "d",
         "jwtSecret": "e"}
        """);
    Secrets secrets;
    try (DataDir mine = DataDir.open(temp)) {
      secrets = mine.secrets();
    }
    String reader = Objects.requireNonNull(secrets.neo4jReaderPassword());
    assertThat(secrets.neo4jPassword()).isEqualTo("b");
    assertThat(reader).hasSize(32);
    assertThat(Files.readString(file)).contains(reader);
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void damagedSecretsAreNamed() throws IOException {
    Files.createDirectories(temp.resolve("mariadb"));
    Files.writeString(temp.resolve("secrets.json"), "{\"mysqlPassword\": 1");
    assertTrouble(Kind.CORRUPT_DATA, "secrets.json");
  }

  @Test
  void missingSecretsBesideDataAreNotInventedAgain() throws IOException {
    Files.createDirectories(temp.resolve("mariadb"));
    assertTrouble(Kind.CORRUPT_DATA, "secrets.json is missing");
  }

  @Test
  void damagedMariaDbDataAreNamedInOneLine() throws IOException {
    Stores.start(Settings.stores(temp).withParts(EnumSet.of(Part.MARIADB))).close();
    Path tablespace = temp.resolve("mariadb/data/ibdata1");
    Files.write(tablespace, new byte[64 << 10], StandardOpenOption.WRITE);
    assertTrouble(Kind.CORRUPT_DATA, "MariaDB did not start, its data look damaged");
  }

  private void assertTrouble(Kind kind, String words) {
    assertThatExceptionOfType(Trouble.class)
        .isThrownBy(() -> Stores.start(Settings.stores(temp).withParts(QUICK)).close())
        .withMessageContaining(words)
        .satisfies(trouble -> assertThat(trouble.kind()).isEqualTo(kind))
        .satisfies(trouble -> assertThat(trouble.getMessage()).doesNotContain("\n"));
  }

  private static int query(Neo4jEndpoint as, String statement) throws Exception {
    String login =
        Base64.getEncoder()
            .encodeToString((as.user() + ":" + as.password()).getBytes(StandardCharsets.UTF_8));
    return send(HttpRequest.newBuilder(as.http().resolve("/db/neo4j/query/v2"))
            .header("Authorization", "Basic " + login)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"statement\":\"" + statement + "\"}")))
        .statusCode();
  }

  private static String visit(URI page) throws Exception {
    return send(HttpRequest.newBuilder(page)).body();
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static void execute(MysqlEndpoint at, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(at.url(), at.user(), at.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int number(MysqlEndpoint at, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(at.url(), at.user(), at.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getInt(1);
    }
  }
}
