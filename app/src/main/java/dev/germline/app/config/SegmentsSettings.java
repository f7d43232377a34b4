package dev.germline.app.config;

import dev.germline.blobstore.s3.S3Target;
import dev.germline.blobstore.segment.SegmentSettings;
import io.micronaut.context.annotation.ConfigurationProperties;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The objects that weights are packed into.
 *
 * @param writeQuorum how many stores must have one before an upload is acknowledged; 0: all
 *     (GERMLINE_WRITE_QUORUM)
 * @param targetBytes of one, 64 KiB to 64 MiB
 * @param buffers how many are in memory at once; uploads beyond it wait
 * @param bufferWait how long an upload waits for memory before it is refused
 * @param cacheDirectory where stored bytes are kept locally, for this process alone
 *     (GERMLINE_CACHE_DIR); absent: nowhere
 * @param cacheBytes of them at most; 0: none (GERMLINE_CACHE_BYTES)
 */
@ConfigurationProperties("germline.segments")
public record SegmentsSettings(
    int writeQuorum,
    int targetBytes,
    int buffers,
    Duration bufferWait,
    Optional<String> cacheDirectory,
    long cacheBytes) {
  public SegmentsSettings {
    cacheDirectory = cacheDirectory.filter(value -> !value.isBlank());
    if (writeQuorum < 0) {
      throw new StartRefused("GERMLINE_WRITE_QUORUM", "is 0 or more, and not " + writeQuorum);
    }
    if (targetBytes < 1 << 16 || targetBytes > 64 << 20) {
      throw new StartRefused(
          "germline.segments.target-bytes", "is 64 KiB to 64 MiB in bytes, and not " + targetBytes);
    }
    if (buffers < 1) {
      throw new StartRefused("germline.segments.buffers", "is 1 or more, and not " + buffers);
    }
    if (cacheBytes > 0 && cacheDirectory.isEmpty()) {
      throw new StartRefused("GERMLINE_CACHE_DIR", "is not set, and GERMLINE_CACHE_BYTES is");
    }
  }

  /** What the store of segments is opened with: the first S3 store, then the replicas by name. */
  public SegmentSettings store(S3Settings first, Collection<ReplicaSettings> others) {
    List<S3Target> targets = new ArrayList<>();
    targets.add(first.blobs().target());
    others.stream().sorted().forEach(replica -> targets.add(replica.target()));
    if (writeQuorum > targets.size()) {
      throw new StartRefused(
          "GERMLINE_WRITE_QUORUM",
          "is %d, and there are %d stores".formatted(writeQuorum, targets.size()));
    }
    SegmentSettings settings =
        SegmentSettings.of(targets)
            .withBuffers(targetBytes, buffers, bufferWait)
            .withWriteQuorum(writeQuorum == 0 ? targets.size() : writeQuorum);
    return cacheBytes == 0
        ? settings
        : settings.withCache(Path.of(cacheDirectory.orElseThrow()), cacheBytes);
  }
}
