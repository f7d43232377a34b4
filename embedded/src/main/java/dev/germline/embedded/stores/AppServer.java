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

/** The app on the stores beside it, configured by environment variables only. */
final class AppServer implements Server {
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
      Map<String, String> extra) {
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
    variables.put("GERMLINE_ADMIN_TOKEN_FILE", dir.root().resolve("admin.token").toString());
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

  Path jar() {
    return jar;
  }

  @Override
  public Child start() throws IOException {
    Path cache = AotCache.of(jar);
    List<String> options = Files.exists(cache) ? List.of("-XX:AOTCache=" + cache) : List.of();
    return start(List.of(), options, dir.log(Part.APP));
  }

  /** A run, at the lowest priority, that writes {@code cache} when it ends. */
  Child startTraining(Path cache) throws IOException {
    Path nice = Path.of("/usr/bin/nice");
    List<String> prefix =
        Files.isExecutable(nice) ? List.of(nice.toString(), "-n", "19") : List.of();
    return start(prefix, List.of("-XX:AOTCacheOutput=" + cache), dir.run("training.log"));
  }

  private Child start(List<String> prefix, List<String> options, Path log) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Dist.java());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED"));
    command.addAll(options);
    command.addAll(jvm);
    command.addAll(List.of("-jar", jar.toString()));
    return Child.start(command, environment, dir.home(Part.APP), log);
  }

  @Override
  public boolean ready() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) address().resolve("/health").toURL().openConnection();
      connection.setConnectTimeout(500);
      connection.setReadTimeout(5_000);
      try {
        return connection.getResponseCode() == 200;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return false;
    }
  }
}
