package dev.germline.testing;

import dev.germline.embedded.stores.Child;
import dev.germline.embedded.stores.Dist;
import dev.germline.embedded.stores.MysqlEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** MySQL itself from Debian's archive, unpacked by {@code scripts/mysql-sid.sh} under the root. */
final class MysqlSid {
  private static final Duration LONGEST_INSTALL = Duration.ofMinutes(4);
  private static final Duration LONGEST_START = Duration.ofMinutes(1);

  private MysqlSid() {}

  /**
   * @throws IllegalStateException saying why this machine cannot have it
   */
  static Backend start(Path dir) {
    try {
      Files.createDirectories(dir);
      Path root = Dist.locate().root();
      Path log = dir.resolve("mysqld.log");
      Path mysqld = install(root, log);
      Path data = dir.resolve("data");
      run(
          List.of(mysqld.toString(), "--initialize-insecure", "--datadir=" + data),
          dir,
          log,
          LONGEST_START);
      Path accounts = dir.resolve("accounts.sql");
      Files.writeString(
          accounts,
          """
          CREATE DATABASE germline;
          CREATE USER 'germline'@'%' IDENTIFIED BY 'germline';
          GRANT ALL ON `germline`.* TO 'germline'@'%';
          GRANT ALL ON `germline\\_%`.* TO 'germline'@'%';
          """);
      int port = freePort();
      Child server =
          Child.start(
              List.of(
                  mysqld.toString(),
                  "--datadir=" + data,
                  "--port=" + port,
                  "--bind-address=127.0.0.1",
                  "--socket=mysqld.sock",
                  "--pid-file=mysqld.pid",
                  "--init-file=" + accounts,
                  "--disable-log-bin",
                  "--character-set-server=utf8mb4",
                  "--collation-server=utf8mb4_bin"),
              Map.of(),
              dir,
              log);
      MysqlEndpoint endpoint = MysqlEndpoint.local(port, "germline", "germline", "germline");
      awaitReady(server, endpoint, log);
      return new Running(server, Kept.of(endpoint));
    } catch (IOException e) {
      throw new IllegalStateException("real MySQL: " + e.getMessage(), e);
    }
  }

  private static Path install(Path root, Path log) throws IOException {
    Path home = root.resolve(".mysql");
    List<String> script = List.of(root.resolve("scripts/mysql-sid.sh").toString(), home.toString());
    run(script, root, log, LONGEST_INSTALL);
    return home.resolve("mysqld");
  }

  private static void run(List<String> command, Path directory, Path log, Duration atMost)
      throws IOException {
    Child child = Child.start(command, Map.of(), directory, log);
    if (!child.await(atMost)) {
      child.kill();
      throw new IOException(command.getFirst() + " took longer than " + atMost.toSeconds() + " s");
    }
    if (child.ended().join() != 0) {
      throw new IOException(command.getFirst() + " failed: " + lastLine(log));
    }
  }

  private static void awaitReady(Child server, MysqlEndpoint endpoint, Path log)
      throws IOException {
    long end = System.nanoTime() + LONGEST_START.toNanos();
    while (true) {
      try (Connection connection =
          DriverManager.getConnection(endpoint.url(), endpoint.user(), endpoint.password())) {
        return;
      } catch (SQLException e) {
        if (!server.alive() || System.nanoTime() > end) {
          server.kill();
          throw new IOException("mysqld did not start: " + lastLine(log), e);
        }
        server.await(Duration.ofMillis(50));
      }
    }
  }

  private static String lastLine(Path log) throws IOException {
    List<String> lines =
        new ArrayList<>(
            new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList());
    lines.removeIf(String::isBlank);
    return lines.isEmpty() ? "it said nothing" : lines.getLast();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private record Running(Child server, Kept kept) implements Backend {
    @Override
    public void close() {
      server.stop(Duration.ofSeconds(5));
    }
  }
}
