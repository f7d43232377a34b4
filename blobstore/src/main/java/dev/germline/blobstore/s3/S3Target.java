package dev.germline.blobstore.s3;

import java.net.URI;
import java.time.Duration;

/**
 * One bucket and how it is reached.
 *
 * @param endpoint {@code http(s)://host:port}; addressed path-style
 * @param publicEndpoint the same store as clients reach it, named by presigned URLs
 * @param accessKey of one who may read, write, list and delete in the bucket
 * @param secretKey its secret
 * @param bucket exists already
 * @param region what requests are signed for
 * @param attempts how often a request is made before the store counts as unavailable, 1 or more
 * @param connectTimeout for one connection
 * @param idleTimeout for one request without any progress
 */
public record S3Target(
    URI endpoint,
    URI publicEndpoint,
    String accessKey,
    String secretKey,
    String bucket,
    String region,
    int attempts,
    Duration connectTimeout,
    Duration idleTimeout) {
  public S3Target {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts " + attempts);
    }
  }

  /** Shows no secret. */
  @Override
  public String toString() {
    return endpoint + "/" + bucket;
  }
}
