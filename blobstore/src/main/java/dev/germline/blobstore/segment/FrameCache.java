package dev.germline.blobstore.segment;

import dev.germline.core.substrate.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stored bytes of segments in local files, encrypted where they are, those used last. A file holds
 * one aligned block of a segment, so that a read of any range finds what another range brought.
 * Nobody trusts it: files may be cut, changed or deleted at any time. Thread-safe, and one process
 * may use a directory at a time.
 */
final class FrameCache {
  static final int BLOCK = 1 << 20;

  private static final Logger LOG = System.getLogger(FrameCache.class.getName());
  private static final Pattern NAME = Pattern.compile("([0-9a-f]{64})-([0-9]{1,5})");
  private static final String UNFINISHED = ".part";

  /** A file's time is set anew when it is used and older than this. */
  private static final Duration TIME_EVERY = Duration.ofMinutes(10);

  private final Path directory;
  private final long maxBytes;
  private final LinkedHashMap<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;
  private boolean told;

  private record Key(Digest segment, int block) {}

  private record Entry(int size, Instant used) {}

  private record Found(Key key, Path file, long size, FileTime used) {}

  /**
   * Takes up what an earlier process left.
   *
   * @param directory made if it is not there
   * @param maxBytes of all files together
   * @throws UncheckedIOException if the directory cannot be used
   */
  FrameCache(Path directory, long maxBytes) {
    this.directory = directory;
    this.maxBytes = maxBytes;
    try {
      Files.createDirectories(directory);
      List<Found> left = new ArrayList<>();
      try (Stream<Path> files = Files.walk(directory, 2)) {
        files.filter(Files::isRegularFile).forEach(file -> find(file, left));
      }
      left.sort(Comparator.comparing(Found::used));
      left.forEach(found -> add(found.key(), (int) found.size(), found.used().toInstant()));
    } catch (IOException failure) {
      throw new UncheckedIOException("the cache directory " + directory, failure);
    }
    evict();
  }

  private static void find(Path file, List<Found> into) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    try {
      if (name.matches()) {
        Key key = new Key(Digest.parse(name.group(1)), Integer.parseInt(name.group(2)));
        into.add(new Found(key, file, Files.size(file), Files.getLastModifiedTime(file)));
      } else if (file.toString().endsWith(UNFINISHED)) {
        Files.deleteIfExists(file);
      }
    } catch (IOException gone) {
      // It was deleted meanwhile.
    }
  }

  /**
   * Reads {@code [from, from + length)} of a block into {@code out[at ...)}.
   *
   * @return false when that is not here
   */
  boolean read(Digest segment, int block, int from, byte[] out, int at, int length) {
    Key key = new Key(segment, block);
    boolean touch;
    synchronized (this) {
      Entry entry = entries.get(key);
      if (entry == null) {
        return false;
      }
      Instant now = Instant.now();
      touch = entry.used().plus(TIME_EVERY).isBefore(now);
      if (touch) {
        entries.put(key, new Entry(entry.size(), now));
      }
    }
    Path file = file(key);
    try {
      ByteBuffer target = ByteBuffer.wrap(out, at, length);
      try (FileChannel channel = FileChannel.open(file)) {
        for (int read = 0; read >= 0 && target.hasRemaining(); ) {
          read = channel.read(target, from + length - target.remaining());
        }
      }
      if (touch) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
      }
      return !target.hasRemaining();
    } catch (IOException deleted) {
      forget(key);
      return false;
    }
  }

  /** Keeps a block, at the cost of those used least recently. */
  void put(Digest segment, int block, byte[] from, int offset, int length) {
    if (length > maxBytes) {
      return;
    }
    Key key = new Key(segment, block);
    Path file = file(key);
    @Nullable Path unfinished = null;
    try {
      Files.createDirectories(file.getParent());
      unfinished = Files.createTempFile(file.getParent(), "", UNFINISHED);
      try (var out = Files.newOutputStream(unfinished)) {
        out.write(from, offset, length);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      add(key, length, Instant.now());
    } catch (IOException full) {
      delete(unfinished);
      tell(full);
    }
    evict();
  }

  private synchronized void add(Key key, int size, Instant used) {
    Entry before = entries.put(key, new Entry(size, used));
    bytes += size - (before == null ? 0 : before.size());
  }

  private synchronized void forget(Key key) {
    Entry before = entries.remove(key);
    bytes -= before == null ? 0 : before.size();
  }

  private void evict() {
    List<Key> gone = new ArrayList<>();
    synchronized (this) {
      var oldest = entries.entrySet().iterator();
      while (bytes > maxBytes && oldest.hasNext()) {
        Map.Entry<Key, Entry> entry = oldest.next();
        bytes -= entry.getValue().size();
        gone.add(entry.getKey());
        oldest.remove();
      }
    }
    gone.forEach(key -> delete(file(key)));
  }

  /** Drops the blocks that have a byte of the range. */
  void drop(Digest segment, int offset, int end) {
    for (int block = offset / BLOCK; block <= (end - 1) / BLOCK; block++) {
      Key key = new Key(segment, block);
      forget(key);
      delete(file(key));
    }
  }

  /** Of all files together. */
  synchronized long bytes() {
    return bytes;
  }

  private Path file(Key key) {
    String hex = key.segment().toHex();
    return directory.resolve(hex.substring(0, 2)).resolve(hex + "-" + key.block());
  }

  private static void delete(@Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException later) {
      // It counts no longer; the next start finds it.
    }
  }

  private synchronized void tell(IOException failure) {
    if (!told) {
      told = true;
      LOG.log(Level.WARNING, "The cache in " + directory + " takes nothing in now", failure);
    }
  }
}
