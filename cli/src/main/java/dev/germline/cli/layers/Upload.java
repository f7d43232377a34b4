package dev.germline.cli.layers;

import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import dev.germline.cli.server.Answer;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.Retry;
import dev.germline.cli.terminal.Progress;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.ContentDigest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Brings files to the server: what it has is not sent again, what it has half of is continued, and
 * a broken connection is tried again from where it broke. Thread-safe.
 */
final class Upload {
  private final Client client;
  private final Retry retry;
  private final @Nullable String parent;

  /**
   * @param parent of the layer, {@code namespace/name@version}: its files help to store these small
   */
  Upload(Client client, Retry retry, @Nullable String parent) {
    this.client = client;
    this.retry = retry;
    this.parent = parent;
  }

  /**
   * A file that the server has.
   *
   * @param blake3 by which layers name it
   * @param sent bytes that had to travel; 0 when the server had it
   */
  record Sent(Digest blake3, long sent) {}

  /** Sends the file where the server lacks it. */
  Sent send(LocalFile file, ContentDigest digest, Progress progress) {
    Tally tally = new Tally(file, progress);
    String blake3 =
        retry.call(() -> {
          Answer known = client.head(path(digest));
          if (known.status() == 404) {
            tally.at(known.uploadOffset().orElse(0));
            return rest(digest, file, tally).json().path("blake3").asText();
          }
          return known.orStop().etag();
        });
    tally.at(file.size());
    return new Sent(Digest.parse(blake3), tally.sent.get());
  }

  private static String path(ContentDigest digest) {
    return "/api/v1/blobs" + Client.path(digest.toString());
  }

  private Answer rest(ContentDigest digest, LocalFile file, Tally tally) {
    long offset = tally.offset;
    Map<String, String> headers =
        offset == 0
            ? Map.of()
            : Map.of(
                "Content-Range", "bytes %d-%d/%d".formatted(offset, file.size() - 1, file.size()));
    Answer answer;
    try (Storing _ = new Storing(client, digest, tally::allSent, tally.progress)) {
      answer =
          client.put(
              path(digest) + "?" + hints(file),
              body(file, offset, file.size() - offset, tally),
              headers);
    }
    if (answer.status() == 409 && answer.uploadOffset().isPresent()) {
      // The server still takes in what an attempt before this one sent. That comes to its end, and
      // the next try goes on from there.
      throw new Stop(
          ExitCode.UNREACHABLE,
          "somebody else sends " + file.path() + " at the same time, in your name",
          "wait for the other push, or stop it");
    }
    return answer.orStop();
  }

  private String hints(LocalFile file) {
    String path = "path=" + Client.encode(file.path().value());
    return parent == null ? path : path + "&parent=" + Client.encode(parent);
  }

  private static BodyPublisher body(LocalFile file, long offset, long length, Tally tally) {
    return BodyPublishers.fromPublisher(
        BodyPublishers.ofInputStream(() -> {
          try {
            FileChannel channel = FileChannel.open(file.file());
            channel.position(offset);
            return new Part(channel, length, tally);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }),
        length);
  }

  /** Where one file's upload stands, and what of it was shown as progress. */
  private static final class Tally {
    private final LocalFile file;
    private final Progress progress;
    private final AtomicLong sent = new AtomicLong();
    private volatile long offset;
    private long shown;

    Tally(LocalFile file, Progress progress) {
      this.file = file;
      this.progress = progress;
    }

    /** The server has exactly so many bytes. */
    synchronized void at(long bytes) {
      if (bytes < 0 || bytes > file.size()) {
        throw new Stop(
            ExitCode.UNREACHABLE, "the server has more of " + file.path() + " than there is");
      }
      offset = bytes;
      progress.add(bytes - shown);
      shown = bytes;
    }

    synchronized boolean allSent() {
      return shown >= file.size();
    }

    synchronized void moved(long bytes) {
      sent.addAndGet(bytes);
      shown += bytes;
      progress.add(bytes);
    }
  }

  /** A stretch of a file. */
  private static final class Part extends InputStream {
    private final InputStream in;
    private final Tally tally;
    private long left;

    Part(FileChannel channel, long length, Tally tally) {
      this.in = Channels.newInputStream(channel);
      this.left = length;
      this.tally = tally;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int n = in.read(bytes, offset, (int) Math.min(length, left));
      if (n < 0) {
        throw new IOException("the file has become shorter");
      }
      left -= n;
      tally.moved(n);
      return n;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
