package dev.germline.blobstore;

import dev.germline.blobstore.s3.S3Target;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the S3 store is and how it is used.
 *
 * @param endpoint {@code http(s)://host:port}; addressed path-style
 * @param publicEndpoint the same store as clients reach it, named by presigned URLs; absent: the
 *     endpoint
 * @param accessKey of one who may read, write, list and delete in the bucket
 * @param secretKey its secret
 * @param bucket exists already
 * @param region what requests are signed for
 * @param partSize bytes of one part of a multipart upload, 5 MiB (the least S3 takes) to 64 MiB
 * @param bufferBytes bytes of parts held in memory at once by the whole process; at least one part.
 *     Uploads beyond it wait
 * @param bufferWait how long an upload waits for memory before it is refused as OVERLOADED
 * @param attempts how often a request is made before the store counts as unavailable, 1 or more
 * @param connectTimeout for one connection
 * @param idleTimeout for one request without any progress
 */
public record BlobStoreSettings(
    URI endpoint,
    Optional<URI> publicEndpoint,
    String accessKey,
    String secretKey,
    String bucket,
    String region,
    int partSize,
    int bufferBytes,
    Duration bufferWait,
    int attempts,
    Duration connectTimeout,
    Duration idleTimeout) {
  private static final int MIB = 1 << 20;

  public BlobStoreSettings {
    if (partSize < 5 * MIB || partSize > 64 * MIB) {
      throw new IllegalArgumentException("part size is 5 MiB to 64 MiB, and not " + partSize);
    }
    if (bufferBytes < partSize) {
      throw new IllegalArgumentException(
          "buffers hold at least one part of %d bytes, and not %d"
              .formatted(partSize, bufferBytes));
    }
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts " + attempts);
    }
  }

  /** The usual settings: parts of 16 MiB, four of them in memory. */
  public static BlobStoreSettings of(
      URI endpoint, String accessKey, String secretKey, String bucket) {
    return new BlobStoreSettings(
        endpoint,
        Optional.empty(),
        accessKey,
        secretKey,
        bucket,
        "us-east-1",
        16 * MIB,
        64 * MIB,
        Duration.ofSeconds(60),
        5,
        Duration.ofSeconds(2),
        Duration.ofSeconds(30));
  }

  /** With another address in presigned URLs. */
  public BlobStoreSettings reachedAt(URI newPublicEndpoint) {
    return new BlobStoreSettings(
        endpoint,
        Optional.of(newPublicEndpoint),
        accessKey,
        secretKey,
        bucket,
        region,
        partSize,
        bufferBytes,
        bufferWait,
        attempts,
        connectTimeout,
        idleTimeout);
  }

  /** With other sizes. */
  public BlobStoreSettings withBuffers(int newPartSize, int newBufferBytes) {
    return new BlobStoreSettings(
        endpoint,
        publicEndpoint,
        accessKey,
        secretKey,
        bucket,
        region,
        newPartSize,
        newBufferBytes,
        bufferWait,
        attempts,
        connectTimeout,
        idleTimeout);
  }

  /** The bucket. */
  public S3Target target() {
    return new S3Target(
        endpoint,
        publicEndpoint.orElse(endpoint),
        accessKey,
        secretKey,
        bucket,
        region,
        attempts,
        connectTimeout,
        idleTimeout);
  }

  @Override
  public String toString() {
    return "BlobStoreSettings[" + endpoint + "/" + bucket + "]";
  }
}
