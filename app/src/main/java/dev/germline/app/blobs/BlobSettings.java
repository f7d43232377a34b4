package dev.germline.app.blobs;

import dev.germline.app.config.S3Settings;
import dev.germline.app.config.StartRefused;
import dev.germline.blobstore.BlobStoreSettings;
import dev.germline.blobstore.weights.WeightStore;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;

/**
 * How blobs are received.
 *
 * @param maxSize bytes of the largest blob that is taken; at most 10,000 parts
 * @param partSize bytes of one part, 5 MiB to 64 MiB
 * @param bufferBytes bytes of parts in memory at once, of all large records together
 * @param uploadMemory bytes that all uploads together may hold in memory
 * @param downloadMemory bytes that all downloads together may hold in memory
 * @param bufferWait how long a transfer waits for memory before it is refused
 * @param resumableFrom bytes of the smallest upload that goes on where it broke off; smaller ones
 *     are sent again
 * @param uploadLifetime after which an upload that was not finished is dropped
 * @param urlLifetime how long presigned URLs hold, up to 7 days
 * @param sweepEvery how often what was left behind is looked for
 */
@ConfigurationProperties("germline.blobs")
public record BlobSettings(
    long maxSize,
    int partSize,
    int bufferBytes,
    long uploadMemory,
    long downloadMemory,
    Duration bufferWait,
    long resumableFrom,
    Duration uploadLifetime,
    Duration urlLifetime,
    Duration sweepEvery) {
  public BlobSettings {
    if (partSize < 5 << 20 || partSize > 64 << 20) {
      throw new StartRefused(
          "germline.blobs.part-size", "is 5 MiB to 64 MiB in bytes, and not " + partSize);
    }
    if (bufferBytes < partSize) {
      throw new StartRefused(
          "germline.blobs.buffer-bytes",
          "must hold a part of %d bytes, and is %d".formatted(partSize, bufferBytes));
    }
    if (maxSize < 1 || maxSize > partSize * 10_000L) {
      throw new StartRefused(
          "germline.blobs.max-size",
          "is 1 to 10,000 parts of %d bytes, and not %d".formatted(partSize, maxSize));
    }
    if (urlLifetime.compareTo(Duration.ofDays(7)) > 0 || urlLifetime.toSeconds() < 1) {
      throw new StartRefused(
          "germline.blobs.url-lifetime", "is 1 second to 7 days, and not " + urlLifetime);
    }
  }

  /**
   * Refuses sizes that no blob has.
   *
   * @throws GermlineException FILE_INVALID for an empty blob, LIMIT_EXCEEDED
   */
  void requireSize(long size) {
    if (size < 1) {
      throw new GermlineException(
          Fault.FILE_INVALID, "a blob has at least one byte, and this one has " + size);
    }
    if (size > maxSize) {
      throw new GermlineException(
          Fault.LIMIT_EXCEEDED,
          "a blob has at most %d bytes, and this one has %d".formatted(maxSize, size));
    }
  }

  /** How much memory transfers may hold. */
  public WeightStore.Limits limits() {
    return new WeightStore.Limits(uploadMemory, downloadMemory, bufferWait);
  }

  /** How the store is to be used. */
  public BlobStoreSettings store(S3Settings s3) {
    BlobStoreSettings usual = s3.blobs();
    return new BlobStoreSettings(
        usual.endpoint(),
        usual.publicEndpoint(),
        usual.accessKey(),
        usual.secretKey(),
        usual.bucket(),
        usual.region(),
        partSize,
        bufferBytes,
        bufferWait,
        usual.attempts(),
        usual.connectTimeout(),
        usual.idleTimeout());
  }
}
