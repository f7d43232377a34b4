package dev.germline.blobstore.segment;

import dev.germline.blobstore.s3.Objects;
import dev.germline.blobstore.s3.S3;
import dev.germline.blobstore.s3.S3Target;
import dev.germline.embedded.stores.S3Endpoint;
import dev.germline.testing.FaultyS3;
import java.time.Duration;
import java.util.function.Consumer;

/** Replicas that fail when they are told to, and what lies in them. */
final class FaultyReplicas {
  private FaultyReplicas() {}

  static S3Target target(FaultyS3 store, int attempts) {
    S3Endpoint endpoint = store.endpoint();
    return new S3Target(
        endpoint.uri(),
        endpoint.uri(),
        endpoint.accessKey(),
        endpoint.secretKey(),
        endpoint.bucket(),
        "us-east-1",
        attempts,
        Duration.ofSeconds(2),
        Duration.ofSeconds(10));
  }

  /** Works on the objects of one replica behind its stores' back. */
  static void objects(FaultyS3 store, Consumer<Objects> work) {
    S3Target target = target(store, 2);
    try (S3 s3 = new S3(target)) {
      work.accept(new Objects(s3, target.bucket(), 100));
    }
  }
}
