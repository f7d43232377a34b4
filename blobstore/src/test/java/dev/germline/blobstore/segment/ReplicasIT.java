package dev.germline.blobstore.segment;

import static dev.germline.blobstore.segment.FaultyReplicas.objects;
import static dev.germline.blobstore.segment.FaultyReplicas.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.weights.Tenant;
import dev.germline.testing.FaultyS3;
import dev.germline.testing.FaultyS3.Mood;
import dev.germline.testing.TestStores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicasIT {
  private final FaultyS3 first = new FaultyS3(TestStores.s3());
  private final FaultyS3 second = new FaultyS3(TestStores.s3Replica());
  private final Random random = new Random(3);

  @BeforeEach
  void wipe() {
    TestStores.wipe();
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
  }

  @Test
  void everyReplicaHasEverySegment() {
    try (SegmentStore store = new SegmentStore(both(), DataKeys.none())) {
      FramePlace place = put(store, 50_000);

      byte[] bytes = store.readFrom(0, place).orElseThrow();
      assertThat(store.readFrom(1, place)).contains(bytes);
      assertThat(store.read(place)).isEqualTo(bytes);
      assertThat(store.replicas()).isEqualTo(2);
      store.delete(place.segment().id());
      assertThat(store.readFrom(0, place)).isEmpty();
      assertThat(store.readFrom(1, place)).isEmpty();
    }
  }

  @Test
  void whatOneReplicaLacksAnotherHas() {
    try (SegmentStore store = new SegmentStore(both(), DataKeys.none())) {
      FramePlace place = put(store, 50_000);
      byte[] bytes = store.read(place);
      String key = SegmentFormat.key(place.segment().id());

      objects(first, objects -> objects.delete(key));
      assertThat(store.read(place)).isEqualTo(bytes);

      objects(first, objects -> objects.put(key, new byte[1000], 1000));
      assertThat(store.read(place)).isEqualTo(bytes);
    }
  }

  @Test
  void aDeadReplicaIsAskedLastForAWhile() {
    try (SegmentStore store = new SegmentStore(both(), DataKeys.none())) {
      FramePlace place = put(store, 1000);
      first.feel(new Mood.Dead());
      store.read(place);
      int asked = first.requests();

      for (int i = 0; i < 20; i++) {
        store.read(place);
      }

      assertThat(first.requests()).isEqualTo(asked);
      second.feel(new Mood.Dead());
      assertUnavailable(() -> store.read(place));
      first.feel(new Mood.Well());
      assertThat(store.read(place)).hasSize(1000);
    }
  }

  @Test
  void theQuorumDecidesWhatIsAcknowledged() {
    second.feel(new Mood.Failing(1, 507));
    try (SegmentStore one = new SegmentStore(both().withWriteQuorum(1), DataKeys.none());
        SegmentStore all = new SegmentStore(both(), DataKeys.none())) {
      FramePlace place = put(one, 1000);
      assertThat(one.readFrom(0, place)).isPresent();
      assertUnavailable(() -> one.readFrom(1, place));
      assertUnavailable(() -> put(all, 1000));

      second.feel(new Mood.Well());
      assertThat(one.readFrom(1, place)).isEmpty();
      FramePlace later = put(all, 1000);
      assertThat(all.readFrom(1, later)).isPresent();
    }
  }

  @Test
  void aStoreThatIsFullSaysSo() {
    first.feel(new Mood.Failing(1, 507));
    try (SegmentStore store = new SegmentStore(alone(2), DataKeys.none())) {
      assertThatThrownBy(() -> put(store, 1000))
          .hasMessageContaining("InsufficientStorage after 2 attempts");
    }
  }

  @Test
  void aSlowReplicaIsNotWaitedForAndHasTheSegmentInTheEnd() {
    second.feel(new Mood.Slow(Duration.ofSeconds(2)));
    FramePlace place;
    try (SegmentStore store = new SegmentStore(both().withWriteQuorum(1), DataKeys.none())) {
      long start = System.nanoTime();
      place = put(store, 3 << 20);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
      // The buffer of the segment that is still on its way is not used for another.
      put(store, 3 << 20);
    }
    second.feel(new Mood.Well());
    try (SegmentStore store = new SegmentStore(both(), DataKeys.none())) {
      assertThat(store.readFrom(1, place)).contains(store.readFrom(0, place).orElseThrow());
    }
  }

  @Test
  void aTenthOfTheRequestsMayFail() {
    first.feel(new Mood.Failing(0.1, 503));
    try (SegmentStore store = new SegmentStore(alone(5), DataKeys.none())) {
      List<FramePlace> places = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        places.add(put(store, 1000));
      }
      places.forEach(place -> assertThat(store.read(place)).hasSize(1000));
      assertThat(first.requests()).isGreaterThan(80);
    }
  }

  @Test
  void anAnswerThatBreaksOffIsTakenElsewhere() {
    try (SegmentStore store = new SegmentStore(both(), DataKeys.none());
        SegmentStore alone = new SegmentStore(alone(2), DataKeys.none())) {
      FramePlace place = put(store, 50_000);
      byte[] bytes = store.read(place);
      first.feel(new Mood.Breaking());

      assertThat(store.read(place)).isEqualTo(bytes);
      assertUnavailable(() -> alone.read(new FramePlace(place.segment(), 64, 49_000)));
    }
  }

  @Test
  void whatWasReadIsReadFromTheCacheAgain(@TempDir Path directory) throws Exception {
    SegmentSettings settings = alone(2).withCache(directory, 64 << 20);
    FramePlace place;
    byte[] bytes;
    try (SegmentStore store = new SegmentStore(settings, DataKeys.none())) {
      place = put(store, 3_500_000);
      bytes = store.read(place);
      int asked = first.requests();
      assertThat(store.read(place)).isEqualTo(bytes);
      FramePlace inside = new FramePlace(place.segment(), 1_000_000, 1_500_000);
      assertThat(Blake3.hash(store.read(inside)))
          .isEqualTo(Blake3.hash(bytes, 1_000_000 - 64, 1_500_000));
      assertThat(first.requests()).isEqualTo(asked);
    }
    try (SegmentStore store = new SegmentStore(settings, DataKeys.none())) {
      int asked = first.requests();
      assertThat(store.read(place)).isEqualTo(bytes);
      assertThat(first.requests()).isEqualTo(asked);

      Path damaged = files(directory).get(1);
      Files.write(damaged, new byte[FrameCache.BLOCK]);
      assertThat(store.read(place)).isNotEqualTo(bytes);
      assertThat(store.readFrom(0, place)).contains(bytes);
      assertThat(files(directory)).isEmpty();
      assertThat(store.read(place)).isEqualTo(bytes);

      Files.delete(files(directory).get(0));
      Files.write(files(directory).get(0), new byte[10]);
      assertThat(store.read(place)).isEqualTo(bytes);
    }
  }

  @Test
  void whatIsKeptNeedsNoStore(@TempDir Path directory) {
    try (SegmentStore store =
            new SegmentStore(alone(1).withCache(directory, 64 << 20), DataKeys.none());
        SegmentWriter writer = store.begin(Tenant.DEFAULT)) {
      byte[] frame = new byte[1_200_000];
      random.nextBytes(frame);
      SegmentWriter.Slot slot = writer.add(Blake3.hash(frame), frame, 0, frame.length);
      Segment segment = writer.seal();
      store.put(segment);
      store.keep(segment);
      first.feel(new Mood.Dead());

      FramePlace place = new FramePlace(segment.ref(), slot.offset(), slot.length());
      assertThat(store.read(place)).isEqualTo(frame);
      byte[] into = new byte[frame.length + 10];
      store.read(place, into, 7);
      assertThat(Blake3.hash(into, 7, frame.length)).isEqualTo(Blake3.hash(frame));
    }
  }

  private static List<Path> files(Path directory) throws Exception {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private FramePlace put(SegmentStore store, int length) {
    byte[] frame = new byte[length];
    random.nextBytes(frame);
    try (SegmentWriter writer = store.begin(Tenant.DEFAULT)) {
      SegmentWriter.Slot slot = writer.add(Blake3.hash(frame), frame, 0, length);
      Segment segment = writer.seal();
      store.put(segment);
      return new FramePlace(segment.ref(), slot.offset(), slot.length());
    }
  }

  private SegmentSettings both() {
    return SegmentSettings.of(List.of(target(first, 2), target(second, 2)))
        .withBuffers(4 << 20, 3, Duration.ofSeconds(10));
  }

  private SegmentSettings alone(int attempts) {
    return SegmentSettings.of(List.of(target(first, attempts)));
  }

  private static void assertUnavailable(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            GermlineException.class,
            failure -> assertThat(failure.fault()).isEqualTo(Fault.STORE_UNAVAILABLE));
  }
}
