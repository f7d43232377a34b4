package dev.germline.embedded.stores;

import dev.germline.embedded.stores.Trouble.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** MariaDB on loopback TCP, with one user whose password is random and no other account. */
final class MariaDbServer implements Server {
  static final String DATABASE = "germline";
  static final String USER = "germline";

  /** The order matters: it is the one of MariaDB's own installation script. */
  private static final List<String> SYSTEM_TABLES =
      List.of(
          "mariadb_system_tables.sql",
          "mariadb_performance_tables.sql",
          "mariadb_system_tables_data.sql",
          "fill_help_tables.sql",
          "maria_add_gis_sp_bootstrap.sql",
          "mariadb_sys_schema.sql");

  private final DataDir dir;
  private final Path dist;
  private final int port;
  private final int poolMiB;
  private final String password;

  /** On one port of this machine, with so much of its data in memory. */
  MariaDbServer(DataDir dir, Path dist, int port, int poolMiB) throws IOException {
    this.dir = dir;
    this.dist = dist;
    this.port = port;
    this.poolMiB = poolMiB;
    this.password = dir.secrets().mysqlPassword();
  }

  MysqlEndpoint endpoint() {
    return MysqlEndpoint.local(port, DATABASE, USER, password);
  }

  @Override
  public Part part() {
    return Part.MARIADB;
  }

  @Override
  public URI address() {
    return URI.create("mysql://127.0.0.1:" + port + "/" + DATABASE);
  }

  @Override
  public Duration grace() {
    return Duration.ofSeconds(5);
  }

  @Override
  public Child start() throws IOException {
    Path home = dir.home(Part.MARIADB);
    Path data = home.resolve("data");
    requireLinuxOnX86();
    Path mariadbd = dist.resolve("bin/mariadbd");
    if (!Files.isExecutable(mariadbd) && !mariadbd.toFile().setExecutable(true)) {
      throw new Trouble(Kind.NOT_BUILT, mariadbd + " cannot be made executable");
    }
    Files.createDirectories(home.resolve("tmp"));
    if (!Files.exists(data)) {
      install(mariadbd, home, data);
    }
    Path accounts = home.resolve("accounts.sql");
    Json.writePrivate(accounts, accounts().getBytes(StandardCharsets.UTF_8));
    List<String> command = command(mariadbd, data);
    command.addAll(
        List.of(
            "--port=" + port,
            "--bind-address=127.0.0.1",
            // Relative to the data directory: a UNIX socket's path may not exceed 107 bytes.
            "--socket=mariadb.sock",
            "--pid-file=mariadb.pid",
            "--init-file=" + accounts,
            "--skip-ssl", // with it the start may wait 16 s for a self-signed certificate
            "--skip-name-resolve",
            "--log-warnings=1", // 2 tells of every readiness check
            "--local-infile=OFF",
            "--max-connections=200",
            "--max-allowed-packet=64M",
            "--innodb-buffer-pool-size=" + poolMiB + "M",
            "--character-set-server=utf8mb4",
            "--collation-server=utf8mb4_bin",
            "--sql-mode=STRICT_TRANS_TABLES,ONLY_FULL_GROUP_BY,NO_ZERO_IN_DATE,NO_ZERO_DATE,"
                + "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION",
            "--default-time-zone=+00:00"));
    return Child.start(command, Map.of(), home, dir.log(Part.MARIADB));
  }

  /**
   * Reads the server's greeting: it only comes once the accounts exist and connections are served.
   */
  @Override
  public boolean ready() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      socket.setSoTimeout(500);
      InputStream in = socket.getInputStream();
      byte[] head = in.readNBytes(5);
      return head.length == 5 && head[4] == 10; // protocol version 10
    } catch (IOException e) {
      return false;
    }
  }

  private static void requireLinuxOnX86() {
    String machine = System.getProperty("os.name") + "/" + System.getProperty("os.arch");
    if (!machine.equals("Linux/amd64")) {
      throw new Trouble(
          Kind.NOT_BUILT,
          "the MariaDB that comes with Germline runs on Linux/amd64, not on "
              + machine
              + ": use docker-compose.yml");
    }
  }

  private List<String> command(Path mariadbd, Path data) {
    List<String> command = new ArrayList<>();
    command.add(mariadbd.toString());
    command.add("--no-defaults");
    if ("root".equals(System.getProperty("user.name"))) {
      command.add("--user=root");
    }
    command.add("--basedir=" + dist);
    command.add("--datadir=" + data);
    command.add("--lc-messages-dir=" + dist.resolve("share"));
    command.add("--character-sets-dir=" + dist.resolve("share/charsets"));
    command.add("--plugin-dir=" + dist.resolve("lib/plugin"));
    command.add("--innodb-log-file-size=48M");
    // Beside the data directory: a start sweeps temporary tables, of other servers too if shared.
    command.add("--tmpdir=../tmp");
    return command;
  }

  /**
   * Creates the system tables beside the final place, so that a cut-off first start leaves none.
   */
  private void install(Path mariadbd, Path home, Path data) throws IOException {
    Path fresh = home.resolve("data.new");
    DataDir.deleteTree(fresh);
    Files.createDirectories(fresh);
    Path script = home.resolve("install.sql");
    StringBuilder sql = new StringBuilder("create database if not exists mysql;\nuse mysql;\n");
    sql.append("SET @auth_root_socket=NULL;\n");
    for (String file : SYSTEM_TABLES) {
      sql.append(Files.readString(dist.resolve("share").resolve(file))).append('\n');
    }
    // No root, no anonymous user: accounts.sql creates the only account there is.
    sql.append("DELETE FROM mysql.global_priv WHERE User <> 'mariadb.sys';\n");
    Files.writeString(script, sql);
    List<String> command = command(mariadbd, fresh);
    command.addAll(
        List.of(
            "--bootstrap",
            "--log-warnings=0",
            "--enforce-storage-engine=",
            "--max-allowed-packet=8M",
            "--net-buffer-length=16K"));
    Process install =
        new ProcessBuilder(command)
            .redirectInput(script.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(dir.log(Part.MARIADB).toFile()))
            .start();
    try {
      if (install.waitFor() != 0) {
        throw LogTail.trouble(
            Part.MARIADB, dir.log(Part.MARIADB), 0, "could not create its tables");
      }
    } catch (InterruptedException e) {
      install.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while creating MariaDB's tables", e);
    }
    Files.delete(script);
    Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
  }

  private String accounts() {
    String user = "'" + USER + "'@'127.0.0.1'";
    return """
    CREATE DATABASE IF NOT EXISTS %1$s;
    CREATE OR REPLACE USER %2$s IDENTIFIED BY '%3$s';
    GRANT ALL ON `%1$s`.* TO %2$s;
    GRANT ALL ON `%1$s\\_%%`.* TO %2$s;
    """
        .formatted(DATABASE, user, password);
  }
}
