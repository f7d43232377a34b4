package dev.germline.app.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.core.substrate.Digest;
import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.testing.TestStores;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** kill -9 in the middle of each step of a collection. */
final class CollectionKilledIT {
  private static final int FILES = 15;
  private static final Duration LATER = Duration.ofDays(8);
  private static final Duration LATER_STILL = LATER.plusHours(2);

  private final MysqlEndpoint mysql = TestStores.freshMysqlDatabase();
  private final Set<Digest> objects = new HashSet<>();

  @Test
  void whereverItIsKilledWhatIsNeededStaysAndTheNextOneFinishes() throws Exception {
    try (Registry registry = new Registry(mysql)) {
      List<String> kept = new ArrayList<>();
      for (int i = 0; i < FILES; i++) {
        registry.anna().upload(Registry.model(4L * i, 4L * i + 1, 4L * i + 2));
        kept.add(registry.published("some/kept-" + i, Registry.model(4L * i)));
      }
      long pieces = registry.count("pieces");
      int killed = 0;
      killed += kill(registry, LATER, () -> registry.count("blobs") < 2 * FILES - 3);
      intact(registry, kept);
      killed += kill(registry, LATER, () -> registry.count("pieces") < pieces);
      intact(registry, kept);
      // As an upload that was killed leaves them.
      registry.sql("INSERT INTO recipes (tenant, created_at) VALUES ('default', 1)");
      killed += kill(registry, LATER, () -> registry.count("segments") > 2 * FILES);
      intact(registry, kept);
      killed += kill(registry, LATER, () -> condemned(registry) > 2);
      intact(registry, kept);
      long all = registry.count("segments");
      killed += kill(registry, LATER_STILL, () -> registry.count("segments") < all - 2);
      intact(registry, kept);
      System.out.printf("%d of 5 collections killed in the middle%n", killed);
      assertThat(killed).isPositive();

      assertThat(collect(LATER).waitFor()).isZero();
      assertThat(collect(LATER_STILL.plusDays(8)).waitFor()).isZero();
      objects.addAll(registry.objects());
      assertThat(collect(LATER_STILL.plusDays(9)).waitFor()).isZero();

      intact(registry, kept);
      assertThat(registry.count("blobs")).isEqualTo(FILES);
      assertThat(registry.count("recipes")).isEqualTo(FILES);
      assertThat(registry.count("pieces")).as("tensors, and one header").isEqualTo(FILES + 1);
      assertThat(registry.objects()).allMatch(registry::stored);
      objects.removeAll(registry.objects());
      assertThat(objects).isNotEmpty().noneMatch(registry::stored);
    }
  }

  private void intact(Registry registry, List<String> kept) {
    objects.addAll(registry.objects());
    assertThat(kept).allSatisfy(blake3 -> assertThat(registry.problem(blake3)).isEmpty());
  }

  private static long condemned(Registry registry) {
    return registry.number("SELECT COUNT(*) FROM segments WHERE condemned_at IS NOT NULL");
  }

  /** 1 if it had not ended by itself before. */
  private int kill(Registry registry, Duration later, BooleanSupplier when) throws Exception {
    objects.addAll(registry.objects());
    return Killed.once(collect(later), when);
  }

  private Process collect(Duration later) throws IOException {
    return Killed.start(CollectionProcess.class, mysql, later.toString());
  }
}
