package dev.germline.embedded.stores;

import dev.germline.embedded.stores.Trouble.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One data directory, locked for this process until closed. Layout: {@code secrets.json} (0600),
 * {@code ports.json}, {@code server.json} while up, {@code logs/}, {@code run/} and one folder per
 * store. Not thread-safe beyond what its callers need: opened and closed once.
 */
public final class DataDir implements AutoCloseable {
  /** Less than this free and a store would fail half-way; better to say so before. */
  private static final long LEAST_FREE_BYTES = 256L << 20;

  private static final long LOG_ROTATES_AT_BYTES = 16L << 20;

  private final Path root;
  private final FileChannel lockFile;
  private @Nullable Secrets secrets;

  private DataDir(Path root, FileChannel lockFile) {
    this.root = root;
    this.lockFile = lockFile;
  }

  /**
   * Locks {@code dir}, creating it when new.
   *
   * @throws Trouble IN_USE, CANNOT_WRITE or DISK_FULL
   */
  public static DataDir open(Path dir) {
    Path root = dir.toAbsolutePath().normalize();
    FileChannel channel = null;
    try {
      create(root);
      channel =
          FileChannel.open(
              root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new Trouble(
            Kind.IN_USE,
            root
                + " is in use by another germline: `germline down` stops it, --data DIR uses another directory");
      }
      Files.createDirectories(root.resolve("logs"));
      Files.createDirectories(root.resolve("run"));
      return new DataDir(root, channel);
    } catch (IOException e) {
      throw explain(root, e);
    } catch (Trouble e) {
      closeQuietly(channel);
      throw e;
    }
  }

  /** Creates {@code dir} for this user only, if it does not exist. */
  public static void create(Path dir) throws IOException {
    Files.createDirectories(
        dir, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /** Deletes {@code tree} and all below it, if it exists. */
  public static void deleteTree(Path tree) throws IOException {
    if (Files.exists(tree)) {
      try (Stream<Path> paths = Files.walk(tree)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  public Path root() {
    return root;
  }

  /** Where a part keeps its files. */
  public Path home(Part part) throws IOException {
    return Files.createDirectories(root.resolve(part.word()));
  }

  /** Standard output and error of a part. */
  public Path log(Part part) {
    return root.resolve("logs").resolve(part.word() + ".log");
  }

  /** A file that only lives while the set is up. */
  public Path run(String name) {
    return root.resolve("run").resolve(name);
  }

  /**
   * Makes sure that stores can start here: there is room on the disk, and the passwords are known
   * or there is nothing yet that they would open.
   *
   * @throws Trouble DISK_FULL or CORRUPT_DATA
   */
  void prepare() throws IOException {
    long free = Files.getFileStore(root).getUsableSpace();
    if (free < LEAST_FREE_BYTES) {
      throw new Trouble(
          Kind.DISK_FULL,
          "the disk of %s is full: %d MiB free, %d MiB needed to start"
              .formatted(root, free >> 20, LEAST_FREE_BYTES >> 20));
    }
    secrets();
  }

  synchronized Secrets secrets() throws IOException {
    Secrets known = secrets;
    if (known == null) {
      known = secrets(root);
      secrets = known;
    }
    return known;
  }

  /** The ports of the last start, by name; empty on the first. */
  Map<String, Integer> ports() throws IOException {
    return Json.readIfWhole(root.resolve("ports.json"), PortFile.class)
        .map(file -> file.ports() == null ? Map.<String, Integer>of() : file.ports())
        .orElse(Map.of());
  }

  void ports(Map<String, Integer> ports) throws IOException {
    Json.write(root.resolve("ports.json"), new PortFile(ports));
  }

  void rotate(Part part) throws IOException {
    Path log = log(part);
    if (Files.exists(log) && Files.size(log) > LOG_ROTATES_AT_BYTES) {
      Files.move(
          log, log.resolveSibling(part.word() + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** What an I/O error on this machine means to the person at the terminal. */
  public static Trouble explain(Path where, IOException e) {
    String text = String.valueOf(e.getMessage());
    if (text.toLowerCase(Locale.ROOT).contains("no space left")) {
      return new Trouble(Kind.DISK_FULL, "the disk of " + where + " is full", e);
    }
    return new Trouble(
        Kind.CANNOT_WRITE,
        "cannot use " + where + ": " + e.getClass().getSimpleName() + " " + text,
        e);
  }

  /** Gives the directory up; again is harmless. Closing the file is what releases the lock. */
  @Override
  public void close() {
    closeQuietly(lockFile);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held elsewhere in this very process
    }
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // Closing only releases the lock, which the process' end does too.
      }
    }
  }

  private static Secrets secrets(Path root) throws IOException {
    Path file = root.resolve("secrets.json");
    Secrets known = Json.read(file, Secrets.class).orElse(null);
    if (known != null && known.complete()) {
      Secrets upToDate = known.upToDate();
      if (!upToDate.equals(known)) {
        Json.write(file, upToDate);
      }
      return upToDate;
    }
    boolean hasData = Files.exists(root.resolve("mariadb")) || Files.exists(root.resolve("neo4j"));
    if (known != null || hasData) {
      throw new Trouble(
          Kind.CORRUPT_DATA,
          file
              + " is missing or damaged while the stores beside it have data: restore it from a backup");
    }
    Secrets fresh = Secrets.random();
    Json.write(file, fresh);
    return fresh;
  }

  private record PortFile(@Nullable Map<String, Integer> ports) {}
}
