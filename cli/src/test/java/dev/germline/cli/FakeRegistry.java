package dev.germline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.germline.cli.server.Json;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.weights.ContentDigest;
import dev.germline.core.weights.FileDigests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * A registry in memory that speaks the part of the REST interface push and pull need, and fails on
 * demand.
 */
public final class FakeRegistry implements AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+)");

  public final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  public final Map<String, ObjectNode> layers = new ConcurrentHashMap<>();

  /** What is answered at a path, whatever is asked of it. */
  public final Map<String, String> answers = new ConcurrentHashMap<>();

  public final List<String> log = new CopyOnWriteArrayList<>();

  /** The Authorization header of each request; empty where there was none. */
  public final List<String> authorizations = new CopyOnWriteArrayList<>();

  /** So many uploads from now on break off in the middle of the body. */
  public final AtomicInteger brokenUploads = new AtomicInteger();

  /** So many uploads that go on find that more of the one before has come in meanwhile. */
  public final AtomicInteger lateUploads = new AtomicInteger();

  /** So many downloads from now on break off in the middle of the body. */
  public final AtomicInteger brokenDownloads = new AtomicInteger();

  /** So many requests from now on are answered with 503. */
  public final AtomicInteger unavailable = new AtomicInteger();

  /** Downloads have their first byte changed. */
  public volatile boolean corrupt;

  private final Map<String, ByteArrayOutputStream> partial = new ConcurrentHashMap<>();
  private final HttpServer server;

  public FakeRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
    server.createContext("/", this::handle);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    log.add(exchange.getRequestMethod() + " " + path);
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    authorizations.add(authorization == null ? "" : authorization);
    try (exchange) {
      if (unavailable.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        problem(exchange, 503, "STORE_UNAVAILABLE", "not now");
      } else if (path.startsWith("/api/v1/blobs/")) {
        blob(exchange, path.substring("/api/v1/blobs/".length()));
      } else if (path.equals("/api/v1/layers")) {
        publish(exchange);
      } else if (answers.containsKey(path)) {
        String known = answers.getOrDefault(path, "");
        answer(exchange, 200, known.getBytes(StandardCharsets.UTF_8));
      } else if (path.contains("/tensors/")) {
        tensor(exchange, path.substring(path.indexOf("/tensors/") + "/tensors/".length()));
      } else if (path.contains("/files/")) {
        file(exchange, path);
      } else {
        ObjectNode layer = layers.get(path);
        if (layer == null) {
          problem(exchange, 404, "LAYER_NOT_FOUND", "there is no layer at " + path);
        } else {
          answer(exchange, 200, layer.toString().getBytes(StandardCharsets.UTF_8));
        }
      }
    }
  }

  private void blob(HttpExchange exchange, String hash) throws IOException {
    ContentDigest digest = ContentDigest.parse(hash);
    if (exchange.getRequestMethod().equals("HEAD")) {
      Optional<FileDigests.Result> held =
          blobs.values().stream()
              .map(FileDigests::of)
              .filter(blob -> digest.of(blob).equals(digest))
              .findFirst();
      if (held.isPresent()) {
        exchange.getResponseHeaders().set("ETag", "\"" + held.get().blake3() + "\"");
      } else {
        offset(exchange, partial.getOrDefault(hash, new ByteArrayOutputStream()).size());
      }
      exchange.sendResponseHeaders(held.isPresent() ? 200 : 404, -1);
      return;
    }
    ByteArrayOutputStream stored =
        partial.computeIfAbsent(hash, none -> new ByteArrayOutputStream());
    String range = exchange.getRequestHeaders().getFirst("Content-Range");
    long total = Long.parseLong(exchange.getRequestHeaders().getFirst("Content-Length"));
    if (range != null) {
      Matcher parts = RANGE.matcher(range);
      if (!parts.matches()) {
        problem(exchange, 400, "INVALID_REQUEST", "Content-Range");
        return;
      }
      total = Long.parseLong(parts.group(3));
      if (lateUploads.getAndUpdate(n -> Math.max(0, n - 1)) > 0
          || Long.parseLong(parts.group(1)) != stored.size()) {
        offset(exchange, stored.size());
        problem(exchange, 409, "UPLOAD_OFFSET_MISMATCH", "not there");
        return;
      }
    } else {
      stored.reset();
    }
    if (brokenUploads.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      stored.write(exchange.getRequestBody().readNBytes(1000));
      return; // closes the connection; what came is kept
    }
    stored.write(exchange.getRequestBody().readAllBytes());
    if (stored.size() < total) {
      problem(exchange, 400, "INVALID_REQUEST", "Content-Range ends before the blob");
      return;
    }
    byte[] all = stored.toByteArray();
    partial.remove(hash);
    FileDigests.Result received = FileDigests.of(all);
    if (!digest.of(received).equals(digest)) {
      problem(exchange, 422, "HASH_MISMATCH", "these bytes are not " + hash);
      return;
    }
    String blake3 = received.blake3().toHex();
    blobs.put(blake3, all);
    answer(exchange, 201, "{\"blake3\":\"%s\"}".formatted(blake3).getBytes(StandardCharsets.UTF_8));
  }

  private void publish(HttpExchange exchange) throws IOException {
    ObjectNode record = (ObjectNode) Json.read(exchange.getRequestBody().readAllBytes());
    ArrayNode files = Json.array();
    for (JsonNode file : record.path("files")) {
      byte[] bytes = blobs.get(file.path("blake3").asText());
      if (bytes == null) {
        problem(exchange, 422, "BLOB_NOT_FOUND", file.path("path").asText() + " was not uploaded");
        return;
      }
      FileDigests.Result digests = FileDigests.of(bytes);
      files
          .addObject()
          .put("path", file.path("path").asText())
          .put("sizeBytes", bytes.length)
          .put("blake3", digests.blake3().toHex())
          .put("sha256", digests.sha256().toHex())
          .put("gitSha1", digests.gitSha1().hex())
          .put("format", "other");
    }
    record.set("files", files);
    String name = record.path("name").asText();
    String path = "/api/v1/layers/" + name.replace('@', '/');
    boolean fresh = !layers.containsKey(path);
    ObjectNode layer = Json.object();
    layer.put("name", name);
    layer.put(
        "digest",
        Blake3.hash(
                new JsonCanonicalizer(record.toString().getBytes(StandardCharsets.UTF_8))
                    .getEncodedUTF8())
            .toHex());
    layer.put("type", record.path("type").asText());
    layer.put("ledgerSequence", layers.size() + 1);
    layer.set("record", record);
    layer.set("files", files);
    layers.put(path, layer);
    exchange.getResponseHeaders().set("Ledger-Sequence", "1");
    answer(exchange, fresh ? 201 : 200, layer.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void tensor(HttpExchange exchange, String name) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    exchange.getResponseHeaders().set("Tensor-Dtype", "U8");
    exchange.getResponseHeaders().set("Tensor-Shape", "[3]");
    answer(exchange, 200, (name + "?" + query).getBytes(StandardCharsets.UTF_8));
  }

  private void file(HttpExchange exchange, String path) throws IOException {
    String layer = path.substring(0, path.indexOf("/files/"));
    String name = path.substring(path.indexOf("/files/") + "/files/".length());
    for (JsonNode file : layers.getOrDefault(layer, Json.object()).path("files")) {
      if (file.path("path").asText().equals(name)) {
        send(exchange, blobs.getOrDefault(file.path("blake3").asText(), new byte[0]));
        return;
      }
    }
    problem(exchange, 404, "FILE_NOT_FOUND", name);
  }

  private void send(HttpExchange exchange, byte[] bytes) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    byte[] rest = Arrays.copyOfRange(bytes, from, bytes.length);
    if (corrupt && rest.length > 0) {
      rest[0] ^= 1;
    }
    boolean broken = brokenDownloads.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    exchange.sendResponseHeaders(range == null ? 200 : 206, rest.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(rest, 0, broken ? rest.length / 2 : rest.length);
    }
  }

  private static void offset(HttpExchange exchange, int bytes) {
    exchange.getResponseHeaders().set("Upload-Offset", Integer.toString(bytes));
  }

  private static void problem(HttpExchange exchange, int status, String code, String detail)
      throws IOException {
    ObjectNode problem = Json.object();
    problem.put("status", status).put("code", code).put("detail", detail).put("requestId", "r1");
    answer(exchange, status, problem.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (InputStream rest = exchange.getRequestBody()) {
      rest.transferTo(OutputStream.nullOutputStream());
    }
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
