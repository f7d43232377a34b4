package dev.germline.app.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.germline.app.sql.Database;
import dev.germline.blobstore.keys.KeyRing;
import dev.germline.blobstore.keys.WrappedKey;
import dev.germline.blobstore.segment.DataKey;
import dev.germline.blobstore.segment.DataKeyId;
import dev.germline.core.weights.Tenant;
import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.testing.TestStores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** kill -9 in the middle of a rotation of the master key. */
class RotationKilledIT {
  private static final int KEYS = 6_000;
  private static final String OLD = "old:" + key(1);
  private static final String NEW = "new:" + key(2);

  private final MysqlEndpoint mysql = TestStores.freshMysqlDatabase();

  @Test
  void everyKeyOpensWhereverItWasKilledAndTheNextRunFinishes() throws Exception {
    try (Database database =
        RotationProcess.database(mysql.url(), mysql.user(), mysql.password())) {
      StoredDataKeys stored = new StoredDataKeys(database);
      List<DataKey> keys = wrapped(stored);
      KeyRing both = KeyRing.parse(NEW + "," + OLD);
      int killed = 0;
      for (int share = 1; share <= 3; share++) {
        Process rotation = rotate();
        int enough = KEYS * share / 5;
        await()
            .atMost(Duration.ofSeconds(60))
            .pollInterval(Duration.ofMillis(2))
            .until(() -> count(stored, "new") >= enough || !rotation.isAlive());
        rotation.destroyForcibly().waitFor();
        killed += count(stored, "old") > 0 ? 1 : 0;
        assertAllOpen(stored, both, keys);
      }
      assertThat(killed).as("kills in the middle").isPositive();

      assertThat(rotate().waitFor()).isZero();

      assertThat(stored.byMasterKey()).isEqualTo(Map.of("new", (long) KEYS));
      assertAllOpen(stored, KeyRing.parse(NEW), keys);
    }
  }

  private static List<DataKey> wrapped(StoredDataKeys stored) {
    KeyRing old = KeyRing.parse(OLD);
    Random random = new Random(5);
    List<DataKey> keys = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      byte[] secret = new byte[32];
      random.nextBytes(secret);
      Tenant tenant = new Tenant("tenant-" + i % 7);
      DataKey key = new DataKey(DataKeyId.random(), tenant, new SecretKeySpec(secret, "AES"));
      stored.add(new WrappedKey(key.id(), tenant, old.wrap(key), Instant.ofEpochMilli(i)));
      keys.add(key);
    }
    return keys;
  }

  private static void assertAllOpen(StoredDataKeys stored, KeyRing ring, List<DataKey> keys) {
    for (DataKey key : keys) {
      WrappedKey row = stored.find(key.id()).orElseThrow();
      assertThat(ring.unwrap(row.id(), row.tenant(), row.wrapping())).isEqualTo(key);
    }
  }

  private static long count(StoredDataKeys stored, String masterKey) {
    return stored.byMasterKey().getOrDefault(masterKey, 0L);
  }

  private Process rotate() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            RotationProcess.class.getName(),
            mysql.url(),
            mysql.user(),
            mysql.password(),
            NEW + "," + OLD)
        .inheritIO()
        .start();
  }

  private static String key(int seed) {
    byte[] bytes = new byte[32];
    new Random(seed).nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
