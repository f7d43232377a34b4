package dev.germline.embedded.stores;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Neo4j Community with Neo4j Browser, in its own JVM (GPL-3: its classes never meet ours). Its
 * guard lets only {@value #USER} write; people get {@value #READER}.
 */
final class Neo4jServer implements Server, Trainee {
  static final String USER = "neo4j";
  static final String READER = "reader";

  /** What the projector and the lineage queries are made of. */
  private static final List<String> EXERCISES =
      List.of(
          "CREATE CONSTRAINT trained FOR (t:Trained) REQUIRE t.id IS UNIQUE",
          "UNWIND range(1, 50) AS id MERGE (t:Trained {id: id}) SET t.name = 'n' + id",
          "MATCH (a:Trained), (b:Trained {id: a.id + 1}) MERGE (a)-[r:NEXT]->(b) SET r.weight = 0.5",
          "MATCH p = (:Trained {id: 1})-[:NEXT*1..8]->(t) RETURN t.name, length(p) ORDER BY t.id",
          "SHOW INDEXES");

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  private final Path home;
  private final Path log;
  private final Secrets secrets;
  private final Path program;
  private final int httpPort;
  private final int boltPort;
  private final int heapMiB;
  private final Neo4jLog ownLog;

  /**
   * @param home where it keeps its files
   * @param log its standard output
   * @param program the folder with its jars in {@code lib/}
   */
  Neo4jServer(
      Path home, Path log, Secrets secrets, Path program, int httpPort, int boltPort, int heapMiB) {
    this.home = home;
    this.log = log;
    this.secrets = secrets;
    this.program = program;
    this.httpPort = httpPort;
    this.boltPort = boltPort;
    this.heapMiB = heapMiB;
    this.ownLog = new Neo4jLog(home.resolve("logs/debug.log"));
  }

  Neo4jEndpoint endpoint() {
    return endpoint(USER, secrets.neo4jPassword());
  }

  /** The same server for someone who only reads. */
  Neo4jEndpoint reader() {
    return endpoint(READER, Objects.requireNonNull(secrets.neo4jReaderPassword()));
  }

  private Neo4jEndpoint endpoint(String user, String password) {
    return new Neo4jEndpoint(
        URI.create("bolt://127.0.0.1:" + boltPort),
        URI.create("http://127.0.0.1:" + httpPort + "/"),
        user,
        password);
  }

  @Override
  public Part part() {
    return Part.NEO4J;
  }

  @Override
  public URI address() {
    return endpoint().browser();
  }

  @Override
  public Duration grace() {
    return Duration.ofSeconds(6);
  }

  @Override
  public Child start() throws IOException {
    return Child.start(command(AotCache.option(program)), environment(), home, log);
  }

  /** Writes what the process will read, and returns its command line. */
  private List<String> command(List<String> options) throws IOException {
    Path conf = Files.createDirectories(conf());
    Files.write(conf.resolve("neo4j.conf"), Neo4jConf.lines(boltPort, httpPort, heapMiB));
    Path arguments = home.resolve("java.args");
    Dist.writeArguments(arguments, jvm());
    if (!Files.exists(home.resolve("data/databases"))) {
      setPassword(arguments);
    }
    ownLog.begin();
    List<String> command = new ArrayList<>();
    command.add(Dist.java());
    command.addAll(options);
    command.addAll(
        List.of(
            "-Xmx" + heapMiB + "m",
            "@" + arguments,
            "dev.germline.neo4j.guard.GuardedNeo4j",
            "--home-dir=" + home,
            "--config-dir=" + conf,
            "--console-mode"));
    return command;
  }

  @Override
  public Path program() {
    return program;
  }

  @Override
  public Child startTraining(Path cache) throws IOException {
    List<String> command = Trainee.lowestPriority();
    command.addAll(command(List.of("-XX:AOTCacheOutput=" + cache)));
    return Child.startExpendable(command, environment(), home, log);
  }

  @Override
  public void exercise() {
    for (String statement : EXERCISES) {
      try {
        query(statement);
      } catch (IOException e) {
        // Only the classes count, not the answer.
      }
    }
  }

  @Override
  public void tidy() throws IOException {
    DataDir.deleteTree(home);
  }

  /** Answers a query made with our random password: no other server would. */
  @Override
  public boolean ready() {
    try {
      return query("RETURN 1").statusCode() == 202;
    } catch (IOException e) {
      return false;
    }
  }

  private HttpResponse<String> query(String statement) throws IOException {
    String login =
        Base64.getEncoder()
            .encodeToString(
                (USER + ":" + secrets.neo4jPassword()).getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(endpoint().http().resolve("/db/neo4j/query/v2"))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Basic " + login)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"statement\":\"" + statement + "\"}"))
            .build();
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while asking Neo4j", e);
    }
  }

  /** The process lives on when a database does not open, and would be waited for in vain. */
  @Override
  public Optional<Trouble> hopeless() {
    return ownLog.failure().map(this::trouble);
  }

  private Trouble trouble(Neo4jLog.Failure failure) {
    Trouble.Kind kind = LogTail.classify(failure.cause());
    if (kind == Trouble.Kind.PART_FAILED && failure.database()) {
      kind = Trouble.Kind.CORRUPT_DATA;
    }
    String cure =
        kind == Trouble.Kind.CORRUPT_DATA
            ? ". Move %s away and start again: the graph is replayed from the ledger"
                .formatted(home)
            : "";
    return new Trouble(
        kind,
        "Neo4j did not start, %s: %s (see %s)%s"
            .formatted(meaning(kind), failure.cause(), ownLog.file(), cure));
  }

  private static String meaning(Trouble.Kind kind) {
    return kind == Trouble.Kind.CORRUPT_DATA ? "its data look damaged" : LogTail.meaning(kind);
  }

  private List<String> jvm() throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-XX:+UseSerialGC",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "--add-modules=jdk.incubator.vector"));
    for (String opened : List.of("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")) {
      arguments.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
    }
    arguments.add("-cp");
    arguments.add(Dist.classPath(program.resolve("lib")));
    return arguments;
  }

  private void setPassword(Path arguments) throws IOException {
    Files.deleteIfExists(home.resolve("data/dbms/auth.ini"));
    // All in one private file: a command line is public.
    Path secret = home.resolve("password.args");
    String words =
        "org.neo4j.server.startup.Neo4jAdminCommand dbms set-initial-password "
            + secrets.neo4jPassword();
    Json.writePrivate(secret, words.getBytes(StandardCharsets.UTF_8));
    Child command =
        Child.start(
            List.of(Dist.java(), "@" + arguments, "-XX:TieredStopAtLevel=1", "@" + secret),
            environment(),
            home,
            log);
    boolean ended = command.await(Duration.ofMinutes(2));
    Files.delete(secret);
    if (!ended || command.ended().join() != 0) {
      command.kill();
      throw LogTail.trouble(Part.NEO4J, log, 0, "did not take its initial password");
    }
  }

  private Path conf() {
    return home.resolve("conf");
  }

  private Map<String, String> environment() {
    return Map.of(
        "NEO4J_HOME", home.toString(),
        "NEO4J_CONF", conf().toString(),
        // Its guard makes the user of it; a command line would be public.
        "GERMLINE_READER_PASSWORD", reader().password());
  }
}
