package dev.germline.app.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.app.blobs.Blob;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.EntityId;
import dev.germline.core.weights.FileDigests;
import dev.germline.core.weights.GitBlobId;
import dev.germline.core.weights.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HotLayersTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final EntityId FIRST = new EntityId(0, 1);
  private static final EntityId SECOND = new EntityId(0, 2);
  private static final EntityId THIRD = new EntityId(0, 3);

  private final Map<EntityId, List<Blob>> blobs = new HashMap<>();
  private final List<Long> preloaded = new ArrayList<>();
  private final List<Instant> asked = new ArrayList<>();

  private static Blob blob(long recipe, long size) {
    byte[] nothing = {};
    return new Blob(
        recipe,
        new Tenant("t"),
        new FileDigests.Result(
            size, Blake3.hash(nothing), Blake3.hash(nothing), new GitBlobId("0".repeat(40))),
        recipe);
  }

  private HotLayers layers(double share, long cacheBytes) {
    return new HotLayers(
        (since, _) -> {
          asked.add(since);
          return List.of(FIRST, SECOND, THIRD);
        },
        layer -> blobs.getOrDefault(layer, List.of()),
        blob -> {
          if (blob.recipe() == 13) {
            throw new GermlineException(Fault.BLOB_NOT_FOUND, "collected");
          }
          if (blob.recipe() == 14) {
            throw new GermlineException(Fault.STORE_UNAVAILABLE, "away");
          }
          preloaded.add(blob.recipe());
          return blob.digests().size() / 2;
        },
        new PreloadSettings(Duration.ofHours(1), Duration.ofDays(7), share),
        cacheBytes,
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @Test
  void theMostUsedComeFirstAndWhatIsTooLargeForTheRestIsPassedOver() {
    blobs.put(FIRST, List.of(blob(1, 60), blob(2, 10)));
    blobs.put(SECOND, List.of(blob(3, 70)));
    blobs.put(THIRD, List.of(blob(4, 60)));
    assertThat(layers(0.5, 200).preload()).isEqualTo(30 + 5 + 30);
    assertThat(preloaded).containsExactly(1L, 2L, 4L);
    assertThat(asked).containsExactly(NOW.minus(Duration.ofDays(7)));
  }

  @Test
  void aFileOfSeveralLayersIsBroughtOnce() {
    blobs.put(FIRST, List.of(blob(1, 60)));
    blobs.put(SECOND, List.of(blob(1, 60)));
    assertThat(layers(1, 1000).preload()).isEqualTo(30);
  }

  @Test
  void whatWasCollectedIsPassedOverAndAStoreThatIsAwayEndsIt() {
    blobs.put(FIRST, List.of(blob(13, 10)));
    blobs.put(SECOND, List.of(blob(2, 10)));
    HotLayers layers = layers(1, 1000);
    assertThat(layers.preload()).isEqualTo(5);
    blobs.put(FIRST, List.of(blob(14, 10)));
    assertThatThrownBy(layers::preload)
        .isInstanceOfSatisfying(
            GermlineException.class,
            failure -> assertThat(failure.fault()).isEqualTo(Fault.STORE_UNAVAILABLE));
  }

  @Test
  void withoutCacheOrShareNothingIsAskedFor() {
    blobs.put(FIRST, List.of(blob(1, 10)));
    assertThat(layers(0.5, 0).preload()).isZero();
    assertThat(layers(0, 1000).preload()).isZero();
    assertThat(asked).isEmpty();
  }
}
