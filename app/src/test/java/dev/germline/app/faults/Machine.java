package dev.germline.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.TestApp;
import dev.germline.app.faults.Api.Answer;
import dev.germline.core.merkle.Blake3;
import dev.germline.embedded.stores.Child;
import dev.germline.embedded.stores.DataDir;
import dev.germline.embedded.stores.Dist;
import dev.germline.embedded.stores.Part;
import dev.germline.embedded.stores.Settings;
import dev.germline.embedded.stores.Stores;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Stores and an app of the fault tests' own, each a process that a test may kill. */
final class Machine implements AutoCloseable {
  private static final Duration STARTS_WITHIN = Duration.ofSeconds(90);
  private static final Duration CATCHES_UP_WITHIN = Duration.ofSeconds(60);
  private static final Duration CHECKED_WITHIN = Duration.ofSeconds(60);

  /** How an entry of the log begins; its stack trace has lines of its own. */
  private static final Pattern DATED = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT");

  private static final int MOST_ERRORS = 20_000;

  private final Stores stores;
  private final Path data;
  private final Api api;

  private Machine(Stores stores, Path data) throws IOException {
    this.stores = stores;
    this.data = data;
    Path token = data.resolve("admin.token");
    await("the admin's token").atMost(STARTS_WITHIN).until(() -> Files.exists(token));
    this.api = new Api(stores.address(Part.APP), Files.readString(token));
  }

  static Machine start(Path data) throws IOException {
    Stores stores =
        Stores.start(
            Settings.stores(data)
                .withApp()
                .withAppEnvironment(Map.of("GERMLINE_JWT_SECRET", TestApp.SECRET)));
    try {
      return new Machine(stores, data);
    } catch (IOException | RuntimeException | Error failure) {
      stores.close();
      throw failure;
    }
  }

  Stores stores() {
    return stores;
  }

  /** Starts again what a test that failed has left down. */
  void ensureUp() {
    for (Part part : Part.values()) {
      if (!stores.process(part).isAlive()) {
        stores.restart(part);
      }
    }
  }

  /** As admin. */
  Api api() {
    return api;
  }

  /** A further app process on the same stores. */
  final class FurtherApp implements AutoCloseable {
    private final Child process;
    private final Path log;
    private final URI address;

    private FurtherApp() throws IOException {
      int port;
      try (ServerSocket free = new ServerSocket(0)) {
        port = free.getLocalPort();
      }
      this.address = URI.create("http://127.0.0.1:" + port);
      this.log = data.resolve("logs/app-" + port + ".log");
      this.process =
          Child.start(
              List.of(
                  Dist.java(),
                  "-XX:+UseSerialGC",
                  "-Xmx256m",
                  "-jar",
                  Dist.locate().appJar().toString()),
              environment(port),
              data,
              log);
    }

    /** Waits until it answers. */
    Api ready() throws IOException {
      Api other = new Api(address, Files.readString(data.resolve("admin.token")));
      await("the second app answers")
          .atMost(STARTS_WITHIN)
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(() -> other.get("/health").status() == 200);
      return other;
    }

    /** Waits until it has ended by itself; its exit code. */
    int ended() {
      await("the second app ends").atMost(STARTS_WITHIN).until(() -> !process.alive());
      return process.ended().join();
    }

    List<String> log() throws IOException {
      return Files.readAllLines(log);
    }

    @Override
    public void close() {
      process.stop(Duration.ofSeconds(5));
    }
  }

  FurtherApp furtherApp() throws IOException {
    return new FurtherApp();
  }

  private Map<String, String> environment(int port) {
    return Map.ofEntries(
        Map.entry("GERMLINE_HTTP_PORT", Integer.toString(port)),
        Map.entry("GERMLINE_MYSQL_URL", stores.mysql().url()),
        Map.entry("GERMLINE_MYSQL_USER", stores.mysql().user()),
        Map.entry("GERMLINE_MYSQL_PASSWORD", stores.mysql().password()),
        Map.entry("GERMLINE_NEO4J_URI", stores.neo4j().bolt().toString()),
        Map.entry("GERMLINE_NEO4J_USER", stores.neo4j().user()),
        Map.entry("GERMLINE_NEO4J_PASSWORD", stores.neo4j().password()),
        Map.entry("GERMLINE_S3_ENDPOINT", stores.s3().uri().toString()),
        Map.entry("GERMLINE_S3_ACCESS_KEY", stores.s3().accessKey()),
        Map.entry("GERMLINE_S3_SECRET_KEY", stores.s3().secretKey()),
        Map.entry("GERMLINE_S3_BUCKET", stores.s3().bucket()),
        Map.entry("GERMLINE_JWT_SECRET", TestApp.SECRET),
        Map.entry("GERMLINE_DEVICE_KEY_FILE", data.resolve("device.key").toString()),
        Map.entry("GERMLINE_DEV", "true"));
  }

  /** What the app logged as errors, with their stack traces: why it answered 500. */
  String errors() throws IOException {
    StringBuilder found = new StringBuilder();
    boolean within = false;
    for (String line : Files.readAllLines(data.resolve("logs/app.log"))) {
      if (DATED.matcher(line).lookingAt()) {
        within = line.contains(" ERROR ");
      }
      if (within && found.length() < MOST_ERRORS) {
        found.append(line).append('\n');
      }
    }
    return found.toString();
  }

  /** Waits until the graph shows what the ledger holds. */
  static void awaitProjection(Api api) {
    await("the graph catches up")
        .atMost(CATCHES_UP_WITHIN)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> {
          Answer head = api.get("/api/v1/ledger");
          return head.status() == 200
              && head.json().get("projectedSequence").asLong()
                  == head.json().get("sequence").asLong();
        });
  }

  /** Runs fsck to its end and expects that it finds nothing. */
  static void assertClean(Api api) throws IOException {
    awaitProjection(api);
    Answer begun = api.post("/api/v1/fsck", "");
    assertThat(begun.status()).as(begun.toString()).isEqualTo(202);
    await("fsck ends").atMost(CHECKED_WITHIN).until(() -> done(api.get("/api/v1/fsck").json()));
    JsonNode report = api.get("/api/v1/fsck").json();
    assertThat(report.get("clean").asBoolean()).as(report.toPrettyString()).isTrue();
  }

  private static boolean done(JsonNode report) {
    return report.get("state").asText().equalsIgnoreCase("done");
  }

  /** Whether there is anything of the layer: 404 says no. */
  static boolean exists(Api api, Push push) throws IOException {
    Answer answer = api.get(push.path());
    assertThat(answer.status()).as(answer.toString()).isIn(200, 404);
    return answer.status() == 200;
  }

  /** Expects record, every byte of every file, and the arrow to the parent. */
  static void assertComplete(Api api, Push push) throws IOException {
    Answer layer = api.get(push.path());
    assertThat(layer.status()).as(layer.toString()).isEqualTo(200);
    assertThat(layer.json().get("files")).as(push.name()).hasSize(push.files().size());
    for (JsonNode file : layer.json().get("files")) {
      String path = file.get("path").asText();
      Answer bytes = api.get(push.path() + "/files/" + path);
      assertThat(bytes.status()).as(bytes.toString()).isEqualTo(200);
      assertThat(bytes.body()).as(push.name() + " " + path).isEqualTo(push.files().get(path));
      assertThat(Blake3.hash(bytes.body()).toHex()).isEqualTo(file.get("blake3").asText());
    }
    Optional<String> parent = push.parent();
    if (parent.isPresent()) {
      Answer lineage = api.get(push.path() + "/ancestors?depth=1");
      assertThat(lineage.status()).as(lineage.toString()).isEqualTo(200);
      assertThat(lineage.json().get("nodes").findValuesAsText("name"))
          .as(push.name())
          .containsExactly(parent.get() + "@1.0.0");
    }
  }

  @Override
  public void close() throws IOException {
    stores.close();
    DataDir.deleteTree(data);
  }
}
