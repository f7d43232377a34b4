package dev.germline.embedded.stores;

import java.net.URI;

/** Where an S3 server answers; {@code bucket} exists and path-style addressing is needed. */
public record S3Endpoint(URI uri, String accessKey, String secretKey, String bucket) {
  @Override
  public String toString() {
    return "S3Endpoint[" + uri + "/" + bucket + "]";
  }
}
