package dev.germline.app.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.embedded.stores.S3Endpoint;
import dev.germline.testing.TestStores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** kill -9 while a file is encoded, and while its segments are sealed and stored. */
final class UploadKilledIT {
  private static final Duration LATER = Duration.ofDays(8);
  private static final Duration LATER_STILL = LATER.plusHours(2);

  private final MysqlEndpoint mysql = TestStores.freshMysqlDatabase();

  @Test
  void whereverItIsKilledWhatWasThereStaysAndTheFileComesInWholeTheNextTime() throws Exception {
    try (Registry registry = new Registry(mysql)) {
      String kept = registry.published("some/kept", Registry.model(1, 2));
      int killed = 0;

      // It has a recipe from its begin on, and a segment's row once the first one is sealed.
      long recipes = registry.count("recipes");
      long segments = registry.count("segments");
      killed += kill(1, () -> registry.count("recipes") > recipes);
      assertThat(registry.count("segments")).isEqualTo(segments);
      intact(registry, kept);
      killed += kill(1, () -> registry.count("segments") > segments);
      intact(registry, kept);
      long pieces = registry.count("pieces");
      killed += kill(2, () -> registry.count("pieces") > pieces);
      intact(registry, kept);
      System.out.printf("%d of 3 uploads killed in the middle%n", killed);
      assertThat(killed).isPositive();

      List<String> whole = new ArrayList<>(List.of(kept));
      for (int number = 1; number <= 2; number++) {
        whole.add(registry.published("some/whole-" + number, UploadProcess.file(number)));
      }
      registry.collection(LATER).run(false);
      registry.collection(LATER_STILL).run(false);
      whole.forEach(blake3 -> intact(registry, blake3));
      assertThat(registry.count("recipes")).isEqualTo(registry.count("blobs")).isEqualTo(3);
      assertThat(registry.objects()).allMatch(registry::stored);
    }
  }

  private static void intact(Registry registry, String blake3) {
    assertThat(registry.problem(blake3)).isEmpty();
  }

  /** 1 if it had not ended by itself before. */
  private int kill(int file, BooleanSupplier when) throws Exception {
    Process upload = upload(file);
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(2))
        .until(() -> when.getAsBoolean() || !upload.isAlive());
    boolean alive = upload.isAlive();
    upload.destroyForcibly().waitFor();
    return alive ? 1 : 0;
  }

  private Process upload(int file) throws IOException {
    S3Endpoint s3 = TestStores.s3();
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "--add-modules=jdk.incubator.vector",
            "-cp",
            System.getProperty("java.class.path"),
            UploadProcess.class.getName(),
            mysql.url(),
            mysql.user(),
            mysql.password(),
            s3.uri().toString(),
            s3.accessKey(),
            s3.secretKey(),
            s3.bucket(),
            Integer.toString(file))
        .inheritIO()
        .start();
  }
}
