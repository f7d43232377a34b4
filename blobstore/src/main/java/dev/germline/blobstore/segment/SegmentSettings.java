package dev.germline.blobstore.segment;

import dev.germline.blobstore.s3.S3Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where segments lie and how they are made.
 *
 * @param replicas each holds every segment; the first is asked first. At least one
 * @param writeQuorum how many must have a segment before it counts as stored, 1 to all
 * @param target bytes from which on a segment is sealed, 64 KiB to 64 MiB
 * @param buffers segments of that size in memory at once, by the whole process; uploads beyond it
 *     wait. At least 1
 * @param bufferWait how long an upload waits for memory before it is refused as OVERLOADED
 * @param cache of stored bytes in local files
 */
public record SegmentSettings(
    List<S3Target> replicas,
    int writeQuorum,
    int target,
    int buffers,
    Duration bufferWait,
    Optional<Cache> cache) {
  /**
   * Local files that save reading from S3.
   *
   * @param directory for this process alone
   * @param maxBytes of all files together, at least 1
   */
  public record Cache(Path directory, long maxBytes) {
    public Cache {
      if (maxBytes < 1) {
        throw new IllegalArgumentException("a cache of " + maxBytes + " bytes");
      }
    }
  }

  private static final int TARGET = 16 << 20;

  public SegmentSettings {
    replicas = List.copyOf(replicas);
    if (replicas.isEmpty()) {
      throw new IllegalArgumentException("no replica");
    }
    if (writeQuorum < 1 || writeQuorum > replicas.size()) {
      throw new IllegalArgumentException(
          "the write quorum is 1 to %d, and not %d".formatted(replicas.size(), writeQuorum));
    }
    if (target < 1 << 16 || target > 64 << 20) {
      throw new IllegalArgumentException("segments are of 64 KiB to 64 MiB, and not " + target);
    }
    if (buffers < 1) {
      throw new IllegalArgumentException("buffers " + buffers);
    }
  }

  /** The usual settings: segments of 16 MiB, four in memory, every replica has all. */
  public static SegmentSettings of(List<S3Target> replicas) {
    return new SegmentSettings(
        replicas, replicas.size(), TARGET, 4, Duration.ofSeconds(60), Optional.empty());
  }

  /** With another quorum. */
  public SegmentSettings withWriteQuorum(int newQuorum) {
    return new SegmentSettings(replicas, newQuorum, target, buffers, bufferWait, cache);
  }

  /** With segments of another size, and so many in memory. */
  public SegmentSettings withBuffers(int newTarget, int newBuffers, Duration newWait) {
    return new SegmentSettings(replicas, writeQuorum, newTarget, newBuffers, newWait, cache);
  }

  /** With a local cache. */
  public SegmentSettings withCache(Path directory, long maxBytes) {
    return new SegmentSettings(
        replicas,
        writeQuorum,
        target,
        buffers,
        bufferWait,
        Optional.of(new Cache(directory, maxBytes)));
  }
}
