package dev.germline.app.blobs;

import dev.germline.blobstore.BlobStore;
import dev.germline.blobstore.Listed;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops what uploads left behind: those that were never finished, with their parts, and objects
 * that no blob is named like. Several app processes may do so at once.
 */
@Singleton
final class UploadSweeper {
  private static final Logger LOG = LoggerFactory.getLogger(UploadSweeper.class);
  private static final int AT_ONCE = 1000;

  /** S3's clock is not ours, and an upload that ends now may still be completing. */
  private static final Duration MARGIN = Duration.ofHours(24);

  private final BlobStore store;
  private final StreamedUploads streamed;
  private final PresignedUploads presigned;
  private final BlobSettings settings;
  private final Clock clock;

  UploadSweeper(
      BlobStore store,
      StreamedUploads streamed,
      PresignedUploads presigned,
      BlobSettings settings,
      Clock clock) {
    this.store = store;
    this.streamed = streamed;
    this.presigned = presigned;
    this.settings = settings;
    this.clock = clock;
  }

  @Scheduled(fixedDelay = "${germline.blobs.sweep-every}", initialDelay = "1m")
  void sweepAndSay() {
    try {
      int dropped = sweep();
      if (dropped > 0) {
        LOG.info("Dropped {} unfinished uploads and leftovers", dropped);
      }
    } catch (RuntimeException later) {
      LOG.warn("The sweep of uploads stopped and will be made again: {}", later.getMessage());
    }
  }

  /** Drops what has expired, a thousand of each at most; gives how many. */
  int sweep() {
    int expired = streamed.expire(AT_ONCE) + presigned.expire(AT_ONCE);
    Instant old = clock.instant().minus(settings.uploadLifetime()).minus(MARGIN);
    return expired + store.staging().sweep(old, AT_ONCE);
  }

  /** Once a day: it lists the whole store. */
  @Scheduled(fixedDelay = "24h", initialDelay = "1h")
  void deleteLeftovers() {
    Instant old = clock.instant().minus(settings.uploadLifetime()).minus(MARGIN);
    try (var listed = store.list()) {
      listed
          .filter(Listed.Leftover.class::isInstance)
          .map(Listed.Leftover.class::cast)
          .filter(leftover -> leftover.changed().isBefore(old))
          .limit(AT_ONCE)
          .forEach(store::delete);
    } catch (RuntimeException later) {
      LOG.warn("Leftovers were not deleted: {}", later.getMessage());
    }
  }
}
