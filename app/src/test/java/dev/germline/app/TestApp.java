package dev.germline.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.app.identity.Tokens;
import dev.germline.core.merkle.Blake3;
import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.embedded.stores.Neo4jEndpoint;
import dev.germline.embedded.stores.S3Endpoint;
import dev.germline.testing.RealMysql;
import dev.germline.testing.TestStores;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The server with real stores, one for all tests of a JVM, which starts on empty stores. Tests do
 * not wipe: each takes names of its own from {@link #unique}.
 */
public final class TestApp implements AutoCloseable {
  public static final String SECRET = "5e".repeat(32);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AtomicInteger COUNTER = new AtomicInteger();
  private static @Nullable TestApp running;

  private final EmbeddedServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  private TestApp(EmbeddedServer server) {
    this.server = server;
  }

  /** The running server; started by the first test that asks. */
  public static synchronized TestApp get() {
    TestApp app = running;
    if (app == null) {
      Map<String, Object> settings = settings();
      TestStores.wipe();
      app = new TestApp(Main.start(settings));
      running = app;
      Runtime.getRuntime().addShutdownHook(new Thread(app.server::close));
    }
    return app;
  }

  /** Closes the server of all tests, for one that needs the stores to itself. */
  public static synchronized void stop() {
    if (running != null) {
      running.close();
      running = null;
    }
  }

  /**
   * A server on a fresh database of MySQL 9 itself, with the graph of all tests to itself; whoever
   * asks closes it. Skips the test, saying why, where MySQL 9 cannot be had.
   */
  public static TestApp startOnRealMysql() {
    return startOnRealMysql(url -> url, Map.of());
  }

  /**
   * The same with other settings.
   *
   * @param url what makes the URL of the database into that of the server
   */
  public static TestApp startOnRealMysql(UnaryOperator<String> url, Map<String, Object> more) {
    MysqlEndpoint server = RealMysql.require();
    stop();
    TestStores.neo4j();
    TestStores.wipe();
    MysqlEndpoint mysql = TestStores.freshMysqlDatabase(server);
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("germline.mysql.url", url.apply(mysql.url()));
    settings.put("germline.mysql.user", mysql.user());
    settings.put("germline.mysql.password", mysql.password());
    return start(settings);
  }

  /** Another server, for the test that closes it. */
  public static TestApp start(Map<String, Object> overrides) {
    Map<String, Object> settings = settings();
    settings.putAll(overrides);
    return new TestApp(Main.start(settings));
  }

  @Override
  public void close() {
    server.close();
  }

  /** What a server needs to know of the stores of the tests. */
  public static Map<String, Object> settings() {
    MysqlEndpoint mysql = TestStores.mysql();
    Neo4jEndpoint neo4j = TestStores.neo4j();
    S3Endpoint s3 = TestStores.s3();
    Map<String, Object> settings = new HashMap<>();
    settings.put("micronaut.server.port", -1);
    settings.put("germline.dev", true);
    settings.put("germline.mysql.url", mysql.url());
    settings.put("germline.mysql.user", mysql.user());
    settings.put("germline.mysql.password", mysql.password());
    settings.put("germline.neo4j.uri", neo4j.bolt().toString());
    settings.put("germline.neo4j.user", neo4j.user());
    settings.put("germline.neo4j.password", neo4j.password());
    settings.put("germline.s3.endpoint", s3.uri().toString());
    settings.put("germline.s3.access-key", s3.accessKey());
    settings.put("germline.s3.secret-key", s3.secretKey());
    settings.put("germline.s3.bucket", s3.bucket());
    settings.put("germline.identity.jwt-secret", SECRET);
    // A busy machine makes the graph late; tests that look at it may wait for it.
    settings.put("germline.ledger.visible-timeout", "20s");
    try {
      Path directory = Files.createTempDirectory("germline-test-app");
      settings.put("germline.device.key-file", directory.resolve("device.pem").toString());
      settings.put("germline.identity.admin-token-file", directory.resolve("token").toString());
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
    return settings;
  }

  /** A bean of the server, for looking behind the API. */
  public <T> T bean(Class<T> type) {
    return server.getApplicationContext().getBean(type);
  }

  public URI uri(String path) {
    return server.getURI().resolve(path);
  }

  /** A name nobody else uses. */
  public static String unique(String prefix) {
    return prefix + "-" + COUNTER.incrementAndGet() + "-" + ProcessHandle.current().pid();
  }

  /** A user, or the admin, talking to the server. */
  public As as(String name) {
    Role role = name.equals("admin") ? Role.ADMIN : Role.USER;
    return new As(Optional.of(bean(Tokens.class).issue(new Caller(name, role), Optional.empty())));
  }

  /** Someone with this token. */
  public As withToken(String token) {
    return new As(Optional.of(token));
  }

  public As anonymous() {
    return new As(Optional.empty());
  }

  /** What came back. */
  public record Answer(HttpResponse<byte[]> response) {
    public int status() {
      return response.statusCode();
    }

    public byte[] body() {
      return response.body();
    }

    public String text() {
      return new String(body(), StandardCharsets.UTF_8);
    }

    public JsonNode json() {
      try {
        return JSON.readTree(body());
      } catch (IOException notJson) {
        throw new AssertionError("not JSON: " + text(), notJson);
      }
    }

    /** A header, or null. */
    public @Nullable String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }
  }

  /** Requests of one caller. */
  public final class As {
    private final Optional<String> token;

    private As(Optional<String> token) {
      this.token = token;
    }

    public Answer get(String path, String... headers) {
      return send("GET", path, null, headers);
    }

    public Answer post(String path, String json) {
      return send(
          "POST", path, json.getBytes(StandardCharsets.UTF_8), "Content-Type", "application/json");
    }

    /** Uploads a blob; its BLAKE3 in hex. */
    public String upload(byte[] bytes) {
      String blake3 = Blake3.hash(bytes).toHex();
      Answer answer = send("PUT", "/api/v1/blobs/" + blake3, bytes);
      if (answer.status() != 201 && answer.status() != 200) {
        throw new AssertionError("the upload was refused: " + answer.text());
      }
      return blake3;
    }

    public Answer send(String method, String path, byte @Nullable [] body, String... headers) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(uri(path))
              .method(
                  method,
                  body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
      token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
      if (headers.length > 0) {
        request.headers(headers);
      }
      try {
        return new Answer(client.send(request.build(), BodyHandlers.ofByteArray()));
      } catch (IOException failure) {
        throw new AssertionError(method + " " + path, failure);
      } catch (InterruptedException stopped) {
        throw new AssertionError(stopped);
      }
    }
  }
}
