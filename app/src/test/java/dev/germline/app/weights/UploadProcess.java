package dev.germline.app.weights;

import dev.germline.app.config.S3Settings;
import dev.germline.app.sql.Database;
import dev.germline.blobstore.keys.KeyRing;
import dev.germline.blobstore.keys.KeyVault;
import dev.germline.blobstore.segment.SegmentSettings;
import dev.germline.blobstore.segment.SegmentStore;
import dev.germline.blobstore.weights.Transfer;
import dev.germline.blobstore.weights.WeightStore;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.weights.ContentDigest;
import dev.germline.core.weights.Tenant;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Takes a file in, in a process that can be killed. */
final class UploadProcess {
  /** So many that it fills more than one segment. */
  private static final int TENSORS = 110;

  private UploadProcess() {}

  /** The file of a number. */
  static byte[] file(int number) {
    return Registry.model(LongStream.range(0, TENSORS).map(i -> 1000L * number + i).toArray());
  }

  /** Takes URL, user and password of MySQL, those and the bucket of S3, and which file. */
  public static void main(String[] arguments) throws IOException {
    S3Settings s3 =
        new S3Settings(arguments[3], Optional.empty(), arguments[4], arguments[5], arguments[6]);
    byte[] file = file(Integer.parseInt(arguments[7]));
    try (Database database = RotationProcess.database(arguments[0], arguments[1], arguments[2]);
        SegmentStore segments =
            new SegmentStore(
                SegmentSettings.of(List.of(s3.blobs().target())),
                new KeyVault(
                    new StoredDataKeys(database),
                    KeyRing.parse(""),
                    Optional.empty(),
                    Clock.systemUTC()));
        WeightStore store =
            new WeightStore(
                new StoredPieces(database, Clock.systemUTC()),
                segments,
                new WeightStore.Limits(64 << 20, 16 << 20, Duration.ofSeconds(10)))) {
      store.put(
          new WeightStore.Incoming(
              Tenant.DEFAULT,
              "model.safetensors",
              file.length,
              ContentDigest.blake3(Blake3.hash(file)),
              store.noBases()),
          new ByteArrayInputStream(file),
          new Transfer() {});
    }
  }
}
