package dev.germline.app.blobs;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.germline.app.Main;
import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.app.identity.Tokens;
import dev.germline.blobstore.BlobStore;
import dev.germline.core.substrate.Digest;
import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.embedded.stores.S3Endpoint;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A server on MySQL and S3 (no graph), and a client of it. */
final class BlobServer implements AutoCloseable {
  static final int PART = 5 << 20;
  static final Caller ANNA = new Caller("anna", Role.USER);
  static final Caller BEN = new Caller("ben", Role.USER);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final EmbeddedServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  BlobServer(MysqlEndpoint mysql, S3Endpoint s3) {
    this.server =
        Main.start(
            Map.ofEntries(
                Map.entry("germline.dev", true),
                Map.entry("germline.device.key-file", deviceKey()),
                Map.entry("germline.mysql.url", mysql.url()),
                Map.entry("germline.mysql.user", mysql.user()),
                Map.entry("germline.mysql.password", mysql.password()),
                Map.entry("germline.neo4j.uri", "bolt://127.0.0.1:1"),
                Map.entry("germline.s3.endpoint", s3.uri().toString()),
                Map.entry("germline.s3.access-key", s3.accessKey()),
                Map.entry("germline.s3.secret-key", s3.secretKey()),
                Map.entry("germline.s3.bucket", s3.bucket()),
                Map.entry("germline.blobs.part-size", PART),
                Map.entry("germline.blobs.buffer-bytes", 4 * PART),
                Map.entry("germline.blobs.resumable-from", PART),
                Map.entry("germline.blobs.max-size", 100L * PART),
                Map.entry("micronaut.server.port", -1)));
  }

  private static String deviceKey() {
    try {
      Path folder = Files.createTempDirectory("germline-blobs");
      Path key = folder.resolve("device.pem");
      key.toFile().deleteOnExit();
      return key.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  <T> T bean(Class<T> type) {
    return server.getApplicationContext().getBean(type);
  }

  BlobStore store() {
    return bean(BlobStore.class);
  }

  private String token(Caller caller) {
    return bean(Tokens.class).issue(caller, Optional.empty());
  }

  /** Whether the blob is stored, and is what its name says. */
  boolean intact(Digest digest) {
    return bean(Blobs.class).problem(digest).isEmpty();
  }

  /** Whether anybody has the blob. */
  boolean exists(Digest digest) {
    return !bean(Blobs.class).everywhere(digest).isEmpty();
  }

  /** Sends the first bytes of a blob and breaks the connection; gives from where to go on. */
  int breakOff(Caller caller, Object digest, byte[] bytes, int sent) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          """
          PUT /api/v1/blobs/%s HTTP/1.1\r
          Host: localhost\r
          Authorization: Bearer %s\r
          Content-Type: application/octet-stream\r
          Content-Length: %d\r
          \r
          """
              .formatted(digest, token(caller), bytes.length)
              .getBytes(StandardCharsets.US_ASCII));
      out.write(bytes, 0, sent);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> offset(caller, digest), offset -> offset > 0);
  }

  /** From where an upload goes on. */
  int offset(Caller caller, Object digest) {
    return head(caller, digest)
        .headers()
        .firstValue("Upload-Offset")
        .map(Integer::parseInt)
        .orElse(-1);
  }

  HttpResponse<String> put(Caller caller, String digest, BodyPublisher body) {
    return send(request(caller, "/api/v1/blobs/" + digest).PUT(body));
  }

  HttpResponse<String> put(Caller caller, Digest digest, byte[] bytes) {
    return put(caller, digest.toHex(), BodyPublishers.ofByteArray(bytes));
  }

  /** Bytes {@code [from, to)} of a blob. */
  HttpResponse<String> putRange(Caller caller, Object digest, byte[] bytes, int from, int to) {
    return send(
        request(caller, "/api/v1/blobs/" + digest)
            .header("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + bytes.length)
            .PUT(BodyPublishers.ofByteArray(Arrays.copyOfRange(bytes, from, to))));
  }

  HttpResponse<String> head(Caller caller, Object digest) {
    return send(request(caller, "/api/v1/blobs/" + digest).HEAD());
  }

  HttpResponse<String> post(Caller caller, String path, String json) {
    return send(
        request(caller, path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  HttpResponse<String> get(Caller caller, String path) {
    return send(request(caller, path).GET());
  }

  HttpResponse<String> delete(Caller caller, String path) {
    return send(request(caller, path).DELETE());
  }

  /** Straight to S3: no token, as any HTTP client would. */
  HttpResponse<String> putPlain(String url, byte[] bytes) {
    return send(HttpRequest.newBuilder(URI.create(url)).PUT(BodyPublishers.ofByteArray(bytes)));
  }

  static JsonNode json(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new IllegalStateException(response.body(), e);
    }
  }

  /** Without a token. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.getURI().resolve(path)).timeout(Duration.ofMinutes(1));
  }

  private HttpRequest.Builder request(Caller caller, String path) {
    return request(path).header("Authorization", "Bearer " + token(caller));
  }

  /** The lines of an answer as they come; to be closed. */
  Stream<String> lines(Caller caller, String path) {
    try {
      return http.send(request(caller, path).GET().build(), BodyHandlers.ofLines()).body();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.close();
    server.getApplicationContext().close();
  }
}
