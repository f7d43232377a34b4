package dev.germline.app.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.testing.TestStores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** kill -9 while a file is encoded, and while its segments are sealed and stored. */
final class UploadKilledIT {
  private static final Duration LATER = Duration.ofDays(8);
  private static final Duration LATER_STILL = LATER.plusHours(2);

  private static final int FIRST_TO_ENCODE = 3;
  private static final int LAST_TO_ENCODE = 8;

  private final MysqlEndpoint mysql = TestStores.freshMysqlDatabase();

  @Test
  void whereverItIsKilledWhatWasThereStaysAndTheFileComesInWholeTheNextTime() throws Exception {
    try (Registry registry = new Registry(mysql)) {
      String kept = registry.published("some/kept", Registry.model(1, 2));
      int killed = 0;

      // It has a recipe from its begin on, and a segment's row once the first one is sealed: the
      // kill that comes too late to fall between is tried again with another file.
      boolean whileEncoding = false;
      for (int file = FIRST_TO_ENCODE; file < LAST_TO_ENCODE && !whileEncoding; file++) {
        long recipes = registry.count("recipes");
        long sealed = registry.count("segments");
        killed += kill(file, () -> registry.count("recipes") > recipes);
        whileEncoding = registry.count("segments") == sealed;
        intact(registry, kept);
      }
      assertThat(whileEncoding).isTrue();
      long segments = registry.count("segments");
      killed += kill(1, () -> registry.count("segments") > segments);
      intact(registry, kept);
      long pieces = registry.count("pieces");
      killed += kill(2, () -> registry.count("pieces") > pieces);
      intact(registry, kept);
      System.out.printf("%d uploads killed in the middle%n", killed);
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

  private int kill(int file, BooleanSupplier when) throws Exception {
    return Killed.once(Killed.start(UploadProcess.class, mysql, Integer.toString(file)), when);
  }
}
