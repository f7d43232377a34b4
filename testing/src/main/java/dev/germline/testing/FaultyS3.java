package dev.germline.testing;

import dev.germline.embedded.stores.S3Endpoint;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An S3 server that fails at will: stands before a good one, passes requests on, and answers some
 * of them itself. One connection carries one request. Thread-safe.
 */
public final class FaultyS3 implements AutoCloseable {
  private final S3Endpoint good;
  private final ServerSocket server;
  private final Random random = new Random(7);
  private final AtomicInteger requests = new AtomicInteger();
  private volatile Mood mood = new Mood.Well();

  /** What becomes of requests. */
  public sealed interface Mood {
    /** All are passed on. */
    record Well() implements Mood {}

    /**
     * Some are not passed on.
     *
     * @param share of them, 0 to 1; always the same ones for the same order
     * @param status that they are answered with
     */
    record Failing(double share, int status) implements Mood {}

    /** Every connection is closed without an answer. */
    record Dead() implements Mood {}

    /**
     * Answers come late.
     *
     * @param delay of each
     */
    record Slow(Duration delay) implements Mood {}

    /** Answers with a body break off in the middle of it. */
    record Breaking() implements Mood {}
  }

  /** Begins well. */
  public FaultyS3(S3Endpoint good) {
    this.good = good;
    try {
      this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    Thread.ofVirtual().name("faulty-s3").start(this::accept);
  }

  /** The same bucket by way of this one. */
  public S3Endpoint endpoint() {
    return new S3Endpoint(
        URI.create("http://127.0.0.1:" + server.getLocalPort()),
        good.accessKey(),
        good.secretKey(),
        good.bucket());
  }

  /** From the next request on. */
  public void feel(Mood next) {
    mood = next;
  }

  /** Requests that came, whatever became of them. */
  public int requests() {
    return requests.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        InputStream in = new BufferedInputStream(client.getInputStream());
        OutputStream out = client.getOutputStream()) {
      String head = head(in);
      requests.incrementAndGet();
      switch (mood) {
        case Mood.Well() -> pass(head, in, out, Long.MAX_VALUE);
        case Mood.Failing(double share, int status) -> {
          if (chance() < share) {
            in.skipNBytes(length(head));
            refuse(out, status);
          } else {
            pass(head, in, out, Long.MAX_VALUE);
          }
        }
        case Mood.Dead() -> {}
        case Mood.Slow(Duration delay) -> {
          Thread.sleep(delay);
          pass(head, in, out, Long.MAX_VALUE);
        }
        case Mood.Breaking() -> pass(head, in, out, 2000);
      }
    } catch (IOException ended) {
      // One of the two has gone; the other notices.
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private double chance() {
    synchronized (random) {
      return random.nextDouble();
    }
  }

  private static void refuse(OutputStream out, int status) throws IOException {
    String code = status == 507 ? "InsufficientStorage" : "SlowDown";
    String body = "<Error><Code>" + code + "</Code><Message>no</Message></Error>";
    String answer =
        "HTTP/1.1 %d no\r\nContent-Type: application/xml\r\nContent-Length: %d\r\n"
                .formatted(status, body.length())
            + "Connection: close\r\n\r\n"
            + body;
    out.write(answer.getBytes(StandardCharsets.US_ASCII));
  }

  private void pass(String head, InputStream in, OutputStream out, long most) throws IOException {
    try (Socket upstream = new Socket(good.uri().getHost(), good.uri().getPort())) {
      String alone =
          head.replaceAll("(?i)\r\nconnection:[^\r]*", "")
              .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
      OutputStream to = upstream.getOutputStream();
      to.write(alone.getBytes(StandardCharsets.ISO_8859_1));
      byte[] some = new byte[1 << 16];
      for (long left = length(head); left > 0; ) {
        int read = in.read(some, 0, (int) Math.min(some.length, left));
        if (read < 0) {
          throw new EOFException();
        }
        to.write(some, 0, read);
        left -= read;
      }
      to.flush();
      InputStream from = upstream.getInputStream();
      for (int read = from.read(some); read >= 0 && most > 0; read = from.read(some)) {
        out.write(some, 0, (int) Math.min(read, most));
        most -= read;
      }
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int ending = 0;
    while (ending < 4) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      head.write(next);
      ending = next == (ending % 2 == 0 ? '\r' : '\n') ? ending + 1 : next == '\r' ? 1 : 0;
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static long length(String head) {
    return head.lines()
        .map(line -> line.toLowerCase(Locale.ROOT))
        .filter(line -> line.startsWith("content-length:"))
        .mapToLong(line -> Long.parseLong(line.substring(15).strip()))
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
