package dev.germline.app.weights;

import dev.germline.app.config.S3Settings;
import dev.germline.app.sql.Database;
import dev.germline.blobstore.keys.KeyRing;
import dev.germline.blobstore.keys.KeyVault;
import dev.germline.blobstore.segment.SegmentSettings;
import dev.germline.blobstore.segment.SegmentStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Collects, in a process that can be killed. */
final class CollectionProcess {
  private CollectionProcess() {}

  /**
   * Takes URL, user and password of MySQL, those and the bucket of S3, and how much later it is.
   */
  public static void main(String[] arguments) {
    Clock clock = Clock.offset(Clock.systemUTC(), Duration.parse(arguments[7]));
    S3Settings s3 =
        new S3Settings(arguments[3], Optional.empty(), arguments[4], arguments[5], arguments[6]);
    try (Database database = RotationProcess.database(arguments[0], arguments[1], arguments[2]);
        SegmentStore store =
            new SegmentStore(
                SegmentSettings.of(List.of(s3.blobs().target())),
                new KeyVault(
                    new StoredDataKeys(database), KeyRing.parse(""), Optional.empty(), clock))) {
      CollectionReport report =
          new WeightCollection(
                  database, new StoredPieces(database, clock), store, Registry.SETTINGS, clock)
              .run(false);
      System.exit(report.complete() ? 0 : 1);
    }
  }
}
