package dev.germline.embedded.stores;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The app on the stores beside it, configured by environment variables only. */
final class AppServer implements Server, Trainee {
  /** What a first user does. */
  private static final List<String> VISITS =
      List.of("/health", "/api/v1/layers", "/api/v1/ledger/head", "/swagger-ui/", "/nowhere");

  /** Bytes of weights kept beside the app, so that what was just pushed is pulled at once. */
  private static final long CACHE = 4L << 30;

  /** Where the app leaves the local admin's token. */
  static final String TOKEN_FILE = "GERMLINE_ADMIN_TOKEN_FILE";

  private final DataDir dir;
  private final Path jar;
  private final int port;
  private final List<String> jvm;
  private final Map<String, String> environment;

  /**
   * @param jvm options after the defaults, so they win
   * @param extra environment variables on top of the stores' addresses
   */
  AppServer(
      DataDir dir,
      Path jar,
      int port,
      List<String> jvm,
      MysqlEndpoint mysql,
      Neo4jEndpoint neo4j,
      S3Endpoint s3,
      Map<String, String> extra)
      throws IOException {
    this.dir = dir;
    this.jar = jar;
    this.port = port;
    this.jvm = List.copyOf(jvm);
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("GERMLINE_HTTP_PORT", Integer.toString(port));
    variables.put("GERMLINE_MYSQL_URL", mysql.url());
    variables.put("GERMLINE_MYSQL_USER", mysql.user());
    variables.put("GERMLINE_MYSQL_PASSWORD", mysql.password());
    variables.put("GERMLINE_NEO4J_URI", neo4j.bolt().toString());
    variables.put("GERMLINE_NEO4J_USER", neo4j.user());
    variables.put("GERMLINE_NEO4J_PASSWORD", neo4j.password());
    variables.put("GERMLINE_S3_ENDPOINT", s3.uri().toString());
    variables.put("GERMLINE_S3_ACCESS_KEY", s3.accessKey());
    variables.put("GERMLINE_S3_SECRET_KEY", s3.secretKey());
    variables.put("GERMLINE_S3_BUCKET", s3.bucket());
    variables.put("GERMLINE_JWT_SECRET", dir.secrets().jwtSecret());
    variables.put("GERMLINE_DEVICE_KEY_FILE", dir.root().resolve("device.key").toString());
    variables.put(TOKEN_FILE, dir.root().resolve("admin.token").toString());
    variables.put("GERMLINE_CACHE_DIR", dir.home(Part.APP).resolve("cache").toString());
    variables.put("GERMLINE_CACHE_BYTES", Long.toString(CACHE));
    variables.put("GERMLINE_DEV", "true");
    variables.putAll(extra);
    this.environment = Map.copyOf(variables);
  }

  @Override
  public Part part() {
    return Part.APP;
  }

  @Override
  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public Duration grace() {
    return Duration.ofSeconds(4);
  }

  @Override
  public Path program() {
    return jar.resolveSibling("");
  }

  @Override
  public Child start() throws IOException {
    List<String> command = command(AotCache.option(program()));
    return Child.start(command, environment, dir.home(Part.APP), dir.log(Part.APP));
  }

  @Override
  public Child startTraining(Path cache) throws IOException {
    Files.deleteIfExists(trainingLog());
    List<String> command = Trainee.lowestPriority();
    command.addAll(command(List.of("-XX:AOTCacheOutput=" + cache)));
    return Child.startExpendable(command, environment, dir.home(Part.APP), trainingLog());
  }

  @Override
  public void exercise() {
    for (String path : VISITS) {
      try {
        status(path, 20_000);
      } catch (IOException e) {
        // Only the visit counts, not the answer.
      }
    }
  }

  @Override
  public void tidy() throws IOException {
    Files.deleteIfExists(Path.of(Objects.requireNonNull(environment.get(TOKEN_FILE))));
  }

  private List<String> command(List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Dist.java());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            // An upload of gigabytes holds 90 MiB beside the app's own 70: they fit into the old
            // generation, if the young one is small; else every collection is a full one.
            "-Xmx256m",
            "-Xmn40m",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "--add-modules=jdk.incubator.vector"));
    command.addAll(options);
    command.addAll(jvm);
    command.addAll(List.of("-jar", jar.toString()));
    return command;
  }

  @Override
  public boolean ready() {
    try {
      return status("/health/liveness", 5_000) == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private int status(String path, int timeoutMillis) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) address().resolve(path).toURL().openConnection();
    connection.setConnectTimeout(500);
    connection.setReadTimeout(timeoutMillis);
    try {
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }

  private Path trainingLog() {
    return dir.run("app-training.log");
  }
}
