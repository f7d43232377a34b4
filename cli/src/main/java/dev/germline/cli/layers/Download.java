package dev.germline.cli.layers;

import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import dev.germline.cli.server.Body;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.Retry;
import dev.germline.cli.terminal.Progress;
import dev.germline.core.layers.FilePath;
import dev.germline.core.layers.LayerName;
import dev.germline.core.substrate.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;

/**
 * Fetches files of a layer. Bytes go to {@code NAME.part} and are hashed on the way; only what
 * hashes right gets its name. A broken connection goes on where it broke, and so does the next
 * command after an interruption. Thread-safe.
 */
final class Download {
  private final Client client;
  private final LayerName layer;
  private final Path folder;
  private final boolean force;
  private final Withdrawal withdrawal;
  private final Retry retry;

  Download(
      Client client,
      LayerName layer,
      Path folder,
      boolean force,
      Withdrawal withdrawal,
      Retry retry) {
    this.client = client;
    this.layer = layer;
    this.folder = folder;
    this.force = force;
    this.withdrawal = withdrawal;
    this.retry = retry;
  }

  /**
   * A file that is wanted; the hashes are from the record. The SHA-256 is what bytes are compared
   * with: processors have instructions for it, while the vector code of BLAKE3 must be compiled
   * first, which takes as long as two GiB of SHA-256.
   */
  record Wanted(FilePath path, long size, Digest blake3, Digest sha256) {}

  /** What became of one. */
  enum Fetched {
    KEPT,
    RESUMED,
    WHOLE
  }

  /**
   * Fetches one file.
   *
   * @throws Stop LOCAL when another file has its name, NOT_VERIFIED when the server's bytes are not
   *     the record's
   */
  Fetched fetch(Wanted wanted, Progress progress) {
    Path target = folder.resolve(wanted.path().value());
    try {
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        if (Files.isRegularFile(target) && holds(target, wanted)) {
          progress.add(wanted.size());
          return Fetched.KEPT;
        }
        if (!force || !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
          throw new Stop(
              ExitCode.LOCAL,
              target + " exists and is another file",
              "--force replaces it, or pull into another folder");
        }
      }
      Files.createDirectories(
          String.valueOf(target.getParent()).isEmpty() ? folder : parent(target));
      Path part = target.resolveSibling(target.getFileName() + ".part");
      long found = Files.exists(part) ? Files.size(part) : 0;
      if (!write(wanted, part, progress)) {
        // What was found of an earlier pull may have been of another file: once more, from nothing.
        Files.deleteIfExists(part);
        progress.add(-wanted.size());
        if (found == 0 || !write(wanted, part, progress)) {
          Files.deleteIfExists(part);
          throw new Stop(
              ExitCode.NOT_VERIFIED,
              "the server's bytes of "
                  + wanted.path()
                  + " do not hash to what the layer says; nothing was kept");
        }
        found = 0;
      }
      move(part, target);
      return found > 0 ? Fetched.RESUMED : Fetched.WHOLE;
    } catch (IOException e) {
      throw new Stop(ExitCode.LOCAL, "cannot write " + target + ": " + e.getMessage(), null, e);
    }
  }

  private static Path parent(Path target) {
    Path parent = target.getParent();
    return parent == null ? Path.of("") : parent;
  }

  private static boolean holds(Path file, Wanted wanted) throws IOException {
    if (Files.size(file) != wanted.size()) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file);
        Arrived arrived = new Arrived(wanted.size())) {
      read(channel, arrived, _ -> {});
      return arrived.sha256().equals(wanted.sha256());
    }
  }

  /** Whether the part is complete and right. */
  private boolean write(Wanted wanted, Path part, Progress progress) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                part,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        Arrived arrived = new Arrived(wanted.size())) {
      if (channel.size() > wanted.size()) {
        channel.truncate(0);
      }
      read(channel, arrived, progress::add);
      try {
        retry.call(() -> rest(wanted, channel, arrived, progress));
      } catch (UncheckedIOException full) {
        throw full.getCause();
      }
      return arrived.sha256().equals(wanted.sha256());
    }
  }

  private static void read(FileChannel channel, Arrived arrived, LongConsumer progress)
      throws IOException {
    for (int n = channel.read(ByteBuffer.wrap(arrived.buffer()));
        n >= 0;
        n = channel.read(ByteBuffer.wrap(arrived.buffer()))) {
      arrived.add(n);
      progress.accept(n);
    }
  }

  private boolean rest(Wanted wanted, FileChannel channel, Arrived arrived, Progress progress) {
    if (arrived.seen() == wanted.size()) {
      return true;
    }
    String path =
        Client.layer(layer)
            + "/files"
            + Client.path(wanted.path().value().split("/", -1))
            + withdrawal.query('?');
    String etag = "\"" + wanted.blake3().toHex() + "\"";
    try (Body response = client.open(path, arrived.seen(), etag)) {
      if (arrived.seen() > 0 && response.status() != 206) {
        throw new Stop(
            ExitCode.NOT_VERIFIED,
            "the server has another " + wanted.path() + " than the layer says");
      }
      InputStream in = response.body();
      for (int n = fill(in, arrived.buffer()); n > 0; n = fill(in, arrived.buffer())) {
        if (n > wanted.size() - arrived.seen()) {
          throw new Stop(
              ExitCode.NOT_VERIFIED, "the server sends more than " + wanted.path() + " has");
        }
        store(channel, arrived.buffer(), n);
        arrived.add(n);
        progress.add(n);
      }
    } catch (IOException broken) {
      throw new Stop(
          ExitCode.UNREACHABLE,
          "the download of " + wanted.path() + " broke off: " + broken.getMessage(),
          null,
          broken);
    }
    if (arrived.seen() < wanted.size()) {
      throw new Stop(ExitCode.UNREACHABLE, "the download of " + wanted.path() + " ended early");
    }
    return true;
  }

  /**
   * Reads until the array is full or the body ends: a connection brings little at a time, and each
   * time that another thread is woken costs as much as hashing it.
   *
   * @return how many bytes came; 0 at the end
   */
  private static int fill(InputStream in, byte[] into) throws IOException {
    int filled = 0;
    try {
      while (filled < into.length) {
        int read = in.read(into, filled, into.length - filled);
        if (read < 0) {
          break;
        }
        filled += read;
      }
    } catch (IOException broken) {
      if (filled == 0) {
        throw broken;
      }
      // What came counts; the next read tells again that it broke.
    }
    return filled;
  }

  private static void store(FileChannel channel, byte[] bytes, int length) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  private static void move(Path part, Path target) throws IOException {
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException otherwise) {
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
