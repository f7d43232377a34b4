package dev.germline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.cli.server.Json;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.weights.FileDigests;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * A registry of one made-up layer with one file, which lacks every file that is pushed to it: just
 * enough for {@link RehearseCommand}. Listens on this machine only.
 */
final class RehearsalServer implements AutoCloseable {
  static final String LAYER = "a/b@1.0.0";

  private static final String RECORD =
      """
      {"name":"a/b@1.0.0","type":"lora","description":"none",
       "provenance":{"creator":"a","createdAt":"2026-01-01T00:00:00Z","method":"training",
         "parents":[{"layer":"a/c@1.0.0","evolutionType":"adapter","confidence":1.0}]},
       "sharing":{"visibility":"private","license":{"spdx":"MIT"}}}
      """;

  private final byte[] file;
  private final byte[] layer;
  private final byte[] blob;
  private final ServerSocket socket;

  /**
   * Serves until it is closed.
   *
   * @param file the layer's file {@code x}
   */
  RehearsalServer(byte[] file) throws IOException {
    this.file = file;
    FileDigests.Result digests = FileDigests.of(file);
    this.layer = bytes(layer(digests));
    this.blob = bytes(Json.object().put("blake3", digests.blake3().toHex()));
    this.socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("rehearsal").start(this::serve);
  }

  private static ObjectNode layer(FileDigests.Result file) throws IOException {
    ObjectNode record = (ObjectNode) Json.read(RECORD.getBytes(StandardCharsets.UTF_8));
    record
        .putArray("files")
        .addObject()
        .put("path", "x")
        .put("sizeBytes", file.size())
        .put("blake3", file.blake3().toHex())
        .put("sha256", file.sha256().toHex())
        .put("gitSha1", file.gitSha1().hex())
        .put("format", "other")
        .putObject("metadata");
    String digest = Blake3.hash(new JsonCanonicalizer(record.toString()).getEncodedUTF8()).toHex();
    ObjectNode described = Json.object();
    described.put("name", LAYER).put("digest", digest).put("id", "0").put("type", "lora");
    described.put("ledgerSequence", 1).put("status", "active");
    described.set("record", record);
    described.set("files", record.path("files"));
    described.putArray("items"); // a page of a list, and a lineage, are read from it as well
    described
        .putObject("root")
        .put("name", LAYER)
        .put("type", "lora")
        .put("digest", digest)
        .put("depth", 0);
    described.putArray("nodes");
    described.putArray("edges");
    return described;
  }

  private static byte[] bytes(JsonNode json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        answer(connection.getInputStream(), connection.getOutputStream());
      } catch (IOException closed) {
        // Either the rehearsal is over, or that one request was.
      }
    }
  }

  private void answer(InputStream in, OutputStream out) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return;
      }
      head.append((char) next);
    }
    in.skipNBytes(length(head.toString()));
    String request = head.substring(0, head.indexOf("\r\n"));
    if (request.startsWith("HEAD ")) {
      send(out, "404 Not Found", "Upload-Offset: 0\r\n", new byte[0]);
    } else if (request.startsWith("PUT ")) {
      send(out, "201 Created", "", blob);
    } else if (request.contains("/files/")) {
      send(out, "200 OK", "", file);
    } else {
      send(out, "200 OK", "", layer);
    }
  }

  private static long length(String head) {
    return head.toLowerCase(Locale.ROOT)
        .lines()
        .filter(line -> line.startsWith("content-length:"))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
        .findFirst()
        .orElse(0);
  }

  private static void send(OutputStream out, String status, String headers, byte[] body)
      throws IOException {
    String head =
        "HTTP/1.1 %s\r\nContent-Type: application/json\r\nConnection: close\r\n%sContent-Length: %d\r\n\r\n"
            .formatted(status, headers, body.length);
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
