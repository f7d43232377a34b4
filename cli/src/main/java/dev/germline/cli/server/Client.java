package dev.germline.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import dev.germline.core.layers.LayerName;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks one server. Reads wait until the graph shows what this client wrote before ({@code
 * Ledger-Sequence}). Thread-safe. What cannot be asked at all ends in a {@link Stop} UNREACHABLE;
 * what is refused, in one REFUSED where a method says so.
 */
public final class Client implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration CLOSE = Duration.ofMillis(200);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final Duration TRANSFER = Duration.ofMinutes(10);
  private static final long SLOWEST = 64 << 10;
  private static final String SEQUENCE = "Ledger-Sequence";

  // The JDK's 16 KiB cost a hand-over between threads each, and so most of the time of a gigabyte.
  static {
    System.setProperty("jdk.httpclient.bufsize", Integer.toString(1 << 18));
  }

  private final URI base;
  private final @Nullable String token;
  private final AtomicLong written = new AtomicLong();

  /** Made when first needed: a pull does without, and so without a twentieth of a second. */
  private @Nullable HttpClient http;

  public Client(URI base, @Nullable String token) {
    this.base = base;
    this.token = token;
  }

  private synchronized HttpClient http() {
    HttpClient made = http;
    if (made == null) {
      made = client();
      http = made;
    }
    return made;
  }

  private HttpClient client() {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT);
    if ("http".equals(base.getScheme())) {
      builder.sslContext(unused());
    }
    return builder.build();
  }

  /**
   * Without TLS to speak, reading the machine's certificates would be a tenth of a second for
   * nothing. This context trusts nobody.
   */
  private static SSLContext unused() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new javax.net.ssl.TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has TLS", impossible);
    }
  }

  /**
   * Ends the HTTP client's threads. A JVM that ends while its selector still waits in native code
   * waits for it, 300 ms in vain.
   */
  @Override
  public synchronized void close() {
    if (http == null) {
      return;
    }
    http.shutdownNow();
    try {
      http.awaitTermination(CLOSE);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  public URI base() {
    return base;
  }

  /** Where a layer is. */
  public static String layer(LayerName name) {
    return "/api/v1/layers" + path(name.namespace(), name.name(), name.version().toString());
  }

  /** The path of segments, each encoded. */
  public static String path(String... segments) {
    StringBuilder path = new StringBuilder();
    for (String segment : segments) {
      path.append('/').append(encode(segment));
    }
    return path.toString();
  }

  /** One value as it stands in a path or query. */
  public static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** JSON, or a {@link Stop} for anything but a 2xx. */
  public JsonNode get(String path) {
    return bytes(path).json();
  }

  /** As {@link #get} over the connection that {@link #open} uses, for who only downloads. */
  public JsonNode getPlainly(String path) {
    try (Body answer = open(path, 0, "")) {
      return Json.read(answer.body().readAllBytes());
    } catch (IOException failed) {
      throw unreachable(failed);
    }
  }

  /** The body, or a {@link Stop} for anything but a 2xx. */
  public Answer bytes(String path) {
    return send(request(path).timeout(ANSWER).GET()).orStop();
  }

  /** GET, whatever the answer. */
  public Answer ask(String path) {
    return send(request(path).timeout(ANSWER).GET());
  }

  /** HEAD, whatever the answer. */
  public Answer head(String path) {
    return send(request(path).timeout(ANSWER).HEAD());
  }

  /** POST of JSON (null: nothing), or a {@link Stop} for anything but a 2xx. */
  public Answer post(String path, @Nullable JsonNode body) {
    BodyPublisher publisher =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString());
    HttpRequest.Builder request = request(path).timeout(ANSWER).POST(publisher);
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    Answer answer = send(request).orStop();
    answer.number(SEQUENCE).ifPresent(n -> written.accumulateAndGet(n, Math::max));
    return answer;
  }

  /** POST of bytes, or a {@link Stop} for anything but a 2xx. */
  public Answer post(String path, byte[] body, Map<String, String> headers) {
    HttpRequest.Builder request =
        request(path).timeout(ANSWER).POST(BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return send(request).orStop();
  }

  /**
   * PUT of bytes, whatever the answer. A transfer slower than {@link #SLOWEST} bytes/s is given up.
   *
   * @param body of a known length
   */
  public Answer put(String path, BodyPublisher body, Map<String, String> headers) {
    HttpRequest.Builder request =
        request(path)
            .timeout(TRANSFER.plusSeconds(body.contentLength() / SLOWEST))
            .header("Content-Type", "application/octet-stream")
            .PUT(body);
    headers.forEach(request::header);
    return send(request);
  }

  /**
   * Opens a download from {@code offset} on; its status is 200 or 206, all else is a {@link Stop}.
   * A connection that brings nothing for a minute fails. Read by blocking, in large pieces: half of
   * the time that the asynchronous client takes for a gigabyte.
   *
   * @param etag what the bytes must still be, with its quotes
   */
  public Body open(String path, long offset, String etag) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(base + path).toURL().openConnection();
      connection.setInstanceFollowRedirects(false);
      connection.setConnectTimeout((int) CONNECT.toMillis());
      connection.setReadTimeout((int) ANSWER.toMillis());
      connection.setRequestProperty("Accept", "*/*");
      headers().forEach(connection::setRequestProperty);
      if (offset > 0) {
        connection.setRequestProperty("Range", "bytes=" + offset + "-");
        connection.setRequestProperty("If-Range", etag);
      }
      int status = connection.getResponseCode();
      if (status == 200 || status == 206) {
        return new Body(connection, status);
      }
      try (InputStream body = connection.getErrorStream()) {
        throw Problems.stop(status, body == null ? new byte[0] : body.readNBytes(1 << 16));
      }
    } catch (IOException failed) {
      throw unreachable(failed);
    }
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new HashMap<>();
    if (token != null) {
      headers.put("Authorization", "Bearer " + token);
    }
    long sequence = written.get();
    if (sequence > 0) {
      headers.put(SEQUENCE, Long.toString(sequence));
    }
    return headers;
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
    headers().forEach(request::header);
    return request;
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      return Answer.of(http().send(request.build(), BodyHandlers.ofByteArray()));
    } catch (IOException failed) {
      throw unreachable(failed);
    } catch (InterruptedException interrupted) {
      throw interrupted(interrupted);
    }
  }

  private Stop unreachable(IOException failed) {
    if (failed instanceof HttpTimeoutException
        && !(failed instanceof java.net.http.HttpConnectTimeoutException)) {
      return new Stop(
          ExitCode.UNREACHABLE,
          base + " takes too long to answer",
          "`./germline status` shows the parts",
          failed);
    }
    String why =
        failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage();
    String line =
        failed instanceof ConnectException
            ? "no server answers at " + base
            : "the connection to " + base + " failed: " + why;
    return new Stop(
        ExitCode.UNREACHABLE, line, "`./germline status` shows whether it is up", failed);
  }

  private static Stop interrupted(InterruptedException interrupted) {
    Thread.currentThread().interrupt();
    return new Stop(ExitCode.UNREACHABLE, "interrupted", null, interrupted);
  }
}
