package dev.germline.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Command;

/**
 * What the launcher runs while the JVM records the ahead-of-time cache: the commands people wait
 * for, against a server of its own that knows one made-up layer. Needs and changes nothing.
 */
@Command(name = "rehearse", hidden = true, description = "Loads what the other commands need.")
final class RehearseCommand extends CliCommand {
  private static final String LAYER =
      """
      {"name":"a/b@1.0.0","digest":"00","id":"0","type":"lora","ledgerSequence":1,
       "record":{"name":"a/b@1.0.0","type":"lora","description":"none",
         "provenance":{"creator":"a","createdAt":"2026-01-01T00:00:00Z","method":"training",
           "parents":[{"layer":"a/c@1.0.0","evolutionType":"adapter","confidence":1.0}]},
         "sharing":{"visibility":"private","license":{"spdx":"MIT"}}},
       "files":[{"path":"x","sizeBytes":2048,"blake3":"00","sha256":"00","format":"other",
         "metadata":{}}],
       "items":[],"root":{"name":"a/b@1.0.0","type":"lora","digest":"00","depth":0},
       "nodes":[],"edges":[]}
      """;

  RehearseCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().name("rehearsal").start(() -> answer(server));
      String url = "http://127.0.0.1:" + server.getLocalPort();
      for (String word : new String[] {"show", "lineage", "edges"}) {
        rehearse(word, "a/b@1.0.0", "--server=" + url);
      }
      rehearse("list", "--json", "--server=" + url);
      rehearse("show", "--help");
      return ExitCode.OK;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void rehearse(String... arguments) {
    Map<String, String> environment = new HashMap<>(surroundings().environment());
    environment.put("GERMLINE_TOKEN", "none");
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Main.run(
        new Surroundings(
            new ByteArrayInputStream(new byte[0]),
            nowhere,
            nowhere,
            true,
            false,
            environment,
            surroundings().home(),
            surroundings().program()),
        arguments);
  }

  private static void answer(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
          int next = in.read();
          if (next < 0) {
            break;
          }
          head.append((char) next);
        }
        byte[] body = LAYER.getBytes(StandardCharsets.UTF_8);
        String headers =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                + body.length
                + "\r\n\r\n";
        OutputStream out = socket.getOutputStream();
        out.write(headers.getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
      } catch (IOException closed) {
        // Either the rehearsal is over, or that one request was.
      }
    }
  }
}
