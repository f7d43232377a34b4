package dev.germline.app.config;

import dev.germline.blobstore.BlobStoreSettings;
import io.micronaut.context.annotation.ConfigurationProperties;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The store of bytes.
 *
 * @param endpoint {@code http(s)://host:port} (GERMLINE_S3_ENDPOINT)
 * @param publicEndpoint the same store as clients reach it; presigned URLs name it; absent: the
 *     endpoint (GERMLINE_S3_PUBLIC_ENDPOINT)
 * @param accessKey GERMLINE_S3_ACCESS_KEY
 * @param secretKey GERMLINE_S3_SECRET_KEY
 * @param bucket GERMLINE_S3_BUCKET
 */
@ConfigurationProperties("germline.s3")
public record S3Settings(
    String endpoint,
    Optional<String> publicEndpoint,
    String accessKey,
    String secretKey,
    String bucket) {
  public S3Settings {
    endpoint = Unset.required("GERMLINE_S3_ENDPOINT", endpoint, "http://localhost:9000");
    bucket = Unset.required("GERMLINE_S3_BUCKET", bucket, "germline");
    publicEndpoint = publicEndpoint.filter(value -> !value.isBlank());
  }

  /** What the blob store is opened with. */
  public BlobStoreSettings blobs() {
    BlobStoreSettings usual =
        BlobStoreSettings.of(URI.create(endpoint), accessKey, secretKey, bucket);
    return publicEndpoint.map(URI::create).map(usual::reachedAt).orElse(usual);
  }

  /** As {@link #blobs}, for a question that is asked once and answered soon or not at all. */
  public BlobStoreSettings impatient(Duration limit) {
    BlobStoreSettings usual = blobs();
    return new BlobStoreSettings(
        usual.endpoint(),
        usual.publicEndpoint(),
        usual.accessKey(),
        usual.secretKey(),
        usual.bucket(),
        usual.region(),
        usual.partSize(),
        usual.bufferBytes(),
        usual.bufferWait(),
        1,
        limit,
        limit);
  }
}
