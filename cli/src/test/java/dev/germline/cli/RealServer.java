package dev.germline.cli;

import static org.awaitility.Awaitility.await;

import dev.germline.embedded.stores.Dist;
import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.embedded.stores.Neo4jEndpoint;
import dev.germline.embedded.stores.S3Endpoint;
import dev.germline.testing.TestStores;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The real server as its own process on the tests' stores, with a data directory as `up` makes it.
 */
final class RealServer implements AutoCloseable {
  private final Path data;
  private final URI url;
  private final Process process;

  private RealServer(Path data, URI url, Process process) {
    this.data = data;
    this.url = url;
    this.process = process;
  }

  /** Starts it on empty stores and waits until it is healthy. */
  static RealServer start(Path data) throws IOException {
    TestStores.mysql();
    TestStores.neo4j();
    TestStores.s3();
    TestStores.wipe();
    RealServer server =
        launch(
            data,
            TestStores.mysql(),
            TestStores.neo4j().bolt().toString(),
            TestStores.s3(),
            Map.of());
    await("a healthy server; see " + data)
        .atMost(Duration.ofMinutes(3))
        .failFast("the server ended; see " + data, () -> !server.process.isAlive())
        .until(() -> server.answers("/health", 200));
    return server;
  }

  /**
   * Starts another registry beside it, with a database and a bucket of its own. It has no graph:
   * there is only one here.
   */
  static RealServer startAnother(Path data) throws IOException {
    RealServer server =
        launch(
            data,
            TestStores.freshMysqlDatabase(),
            "bolt://127.0.0.1:1",
            TestStores.s3Replica(),
            Map.of("GERMLINE_LEDGER_VISIBLE_TIMEOUT", "10ms"));
    await("a server that answers; see " + data)
        .atMost(Duration.ofMinutes(3))
        .failFast("the server ended; see " + data, () -> !server.process.isAlive())
        .until(() -> server.answers("/api/v1/layers", 401));
    return server;
  }

  private static RealServer launch(
      Path data, MysqlEndpoint mysql, String graph, S3Endpoint s3, Map<String, String> more)
      throws IOException {
    Neo4jEndpoint neo4j = TestStores.neo4j();
    int port = freePort();
    URI url = URI.create("http://127.0.0.1:" + port);
    ProcessBuilder builder =
        new ProcessBuilder(
            Dist.java(),
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "--add-modules=jdk.incubator.vector",
            "-jar",
            Dist.locate().appJar().toString());
    builder
        .environment()
        .putAll(
            Map.ofEntries(
                Map.entry("GERMLINE_HTTP_PORT", Integer.toString(port)),
                Map.entry("GERMLINE_MYSQL_URL", mysql.url()),
                Map.entry("GERMLINE_MYSQL_USER", mysql.user()),
                Map.entry("GERMLINE_MYSQL_PASSWORD", mysql.password()),
                Map.entry("GERMLINE_NEO4J_URI", graph),
                Map.entry("GERMLINE_NEO4J_USER", neo4j.user()),
                Map.entry("GERMLINE_NEO4J_PASSWORD", neo4j.password()),
                Map.entry("GERMLINE_S3_ENDPOINT", s3.uri().toString()),
                Map.entry("GERMLINE_S3_ACCESS_KEY", s3.accessKey()),
                Map.entry("GERMLINE_S3_SECRET_KEY", s3.secretKey()),
                Map.entry("GERMLINE_S3_BUCKET", s3.bucket()),
                Map.entry("GERMLINE_JWT_SECRET", "5e".repeat(32)),
                Map.entry("GERMLINE_DEVICE_KEY_FILE", data.resolve("device.key").toString()),
                Map.entry("GERMLINE_ADMIN_TOKEN_FILE", data.resolve("admin.token").toString()),
                Map.entry("GERMLINE_DEV", "true")));
    builder.environment().putAll(more);
    Path log = data.resolve("app.log");
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    RealServer server = new RealServer(data, url, builder.start());
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    Files.writeString(data.resolve("server.json"), "{\"url\":\"" + url + "\"}");
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private boolean answers(String path, int status) {
    try {
      HttpURLConnection connection = (HttpURLConnection) url.resolve(path).toURL().openConnection();
      connection.setConnectTimeout(1000);
      connection.setReadTimeout(5000);
      return connection.getResponseCode() == status;
    } catch (IOException notYet) {
      return false;
    }
  }

  URI url() {
    return url;
  }

  Path data() {
    return data;
  }

  /** Runs the command line in this process. */
  CommandLineRun run(String... arguments) {
    return CommandLineRun.of(data, Map.of("GERMLINE_HOME", data.toString()), arguments);
  }

  /** Starts the command line from its jar, as people run it. */
  Process launch(@Nullable Path out, String... arguments) throws IOException {
    Path jar = Dist.locate().root().resolve("cli/target/dist/cli/germline-cli.jar");
    ProcessBuilder builder = new ProcessBuilder(Dist.java(), "-jar", jar.toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().put("GERMLINE_HOME", data.toString());
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.redirectOutput(
        out == null ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.to(out.toFile()));
    return builder.start();
  }

  @Override
  public void close() {
    process.destroy();
    process
        .onExit()
        .orTimeout(20, java.util.concurrent.TimeUnit.SECONDS)
        .exceptionally(late -> process.destroyForcibly())
        .join();
  }
}
