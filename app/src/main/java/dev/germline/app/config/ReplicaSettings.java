package dev.germline.app.config;

import dev.germline.blobstore.BlobStoreSettings;
import dev.germline.blobstore.s3.S3Target;
import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.util.Locale;

/**
 * One more store of weights: {@code germline.replicas.NAME}, in the environment {@code
 * GERMLINE_REPLICAS_NAME_ENDPOINT} and so on. Replicas are asked in the order of their names.
 *
 * @param name numbers do well: 1, 2
 * @param endpoint {@code http(s)://host:port}
 * @param accessKey of one who may read, write, list and delete in the bucket
 * @param secretKey its secret
 * @param bucket exists already
 * @param region what requests are signed for
 */
@EachProperty("germline.replicas")
public record ReplicaSettings(
    @Parameter String name,
    @Bindable(defaultValue = "") String endpoint,
    @Bindable(defaultValue = "") String accessKey,
    @Bindable(defaultValue = "") String secretKey,
    @Bindable(defaultValue = "germline") String bucket,
    @Bindable(defaultValue = "us-east-1") String region)
    implements Comparable<ReplicaSettings> {
  public ReplicaSettings {
    endpoint = Unset.required(key(name, "ENDPOINT"), endpoint, "http://other:9000");
  }

  static String key(String name, String what) {
    return "GERMLINE_REPLICAS_" + name.toUpperCase(Locale.ROOT) + "_" + what;
  }

  /** Where it is. */
  public S3Target target() {
    S3Target usual =
        BlobStoreSettings.of(URI.create(endpoint), accessKey, secretKey, bucket).target();
    return new S3Target(
        usual.endpoint(),
        usual.publicEndpoint(),
        accessKey,
        secretKey,
        bucket,
        region,
        usual.attempts(),
        usual.connectTimeout(),
        usual.idleTimeout());
  }

  @Override
  public int compareTo(ReplicaSettings other) {
    return name.compareTo(other.name);
  }

  /** Shows no secret. */
  @Override
  public String toString() {
    return "ReplicaSettings[" + name + ": " + endpoint + "/" + bucket + "]";
  }
}
