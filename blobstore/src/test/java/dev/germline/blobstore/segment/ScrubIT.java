package dev.germline.blobstore.segment;

import static dev.germline.blobstore.segment.FaultyReplicas.objects;
import static dev.germline.blobstore.segment.FaultyReplicas.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.blobstore.s3.Objects;
import dev.germline.blobstore.segment.ReplicaFinding.Condition;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.weights.Tenant;
import dev.germline.testing.FaultyS3;
import dev.germline.testing.FaultyS3.Mood;
import dev.germline.testing.TestStores;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScrubIT {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final FaultyS3 first = new FaultyS3(TestStores.s3());
  private final FaultyS3 second = new FaultyS3(TestStores.s3Replica());
  private final SegmentStore store =
      new SegmentStore(
          SegmentSettings.of(List.of(target(first, 2), target(second, 2))), DataKeys.none());
  private final Index index = new Index();
  private final List<String> said = new ArrayList<>();
  private final Random random = new Random(9);

  @BeforeEach
  void wipe() {
    TestStores.wipe();
  }

  @AfterEach
  void close() {
    store.close();
    first.close();
    second.close();
  }

  @Test
  void whatIsMissingOrDamagedInOneReplicaIsRepairedFromTheOther() {
    List<FramePlace> places = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      places.add(put(300_000));
    }
    byte[] bytes = store.read(places.get(1));
    objects(first, objects -> objects.delete(key(places.get(0))));
    objects(second, objects -> flip(objects, places.get(1)));
    objects(first, objects -> cut(objects, places.get(2)));
    objects(second, objects -> lengthen(objects, places.get(3)));

    assertThat(scrub()).isTrue();

    assertThat(said)
        .containsExactly(
            "0 WHOLE MISSING repaired",
            "1 WHOLE DAMAGED repaired",
            "2 WHOLE DAMAGED repaired",
            "3 WHOLE DAMAGED repaired",
            "4 WHOLE",
            "5 WHOLE");
    assertThat(store.readFrom(1, places.get(1))).contains(bytes);
    assertThat(index.lost).isEmpty();
    said.clear();
    assertThat(scrub()).isTrue();
    assertThat(said).isEmpty();
    index.forget();
    assertThat(scrub()).isTrue();
    assertThat(said).hasSize(6).allMatch(line -> line.endsWith("WHOLE"));
  }

  @Test
  void whatNoReplicaHasWholeIsLostUntilOneHasItAgain() {
    FramePlace place = put(300_000);
    objects(first, objects -> objects.delete(key(place)));
    byte[][] good = new byte[1][];
    objects(second, objects -> good[0] = all(objects, place));
    objects(second, objects -> flip(objects, place));

    scrub();
    assertThat(said).containsExactly("0 LOST MISSING DAMAGED");
    assertThat(index.lost).containsExactly(0L);

    objects(second, objects -> objects.put(key(place), good[0], good[0].length));
    said.clear();
    index.forget();
    scrub();
    assertThat(said).containsExactly("0 WHOLE MISSING repaired");
    assertThat(index.lost).isEmpty();
  }

  @Test
  void aReplicaThatDoesNotAnswerMakesNothingLost() {
    FramePlace place = put(1000);
    FramePlace other = put(1000);
    objects(first, objects -> objects.delete(key(place)));
    second.feel(new Mood.Dead());

    scrub();

    assertThat(said).containsExactly("0 UNKNOWN MISSING UNREACHABLE", "1 UNSURE UNREACHABLE");
    assertThat(index.lost).isEmpty();
    second.feel(new Mood.Well());
    said.clear();
    scrub();
    assertThat(said).containsExactly("0 WHOLE MISSING repaired", "1 WHOLE");
    assertThat(store.readFrom(0, other)).isPresent();
  }

  @Test
  void aReplicaThatIsFullIsReportedAndRepairedLater() {
    FramePlace place = put(300_000);
    objects(second, objects -> objects.delete(key(place)));
    second.feel(new Mood.Failing(0.6, 507));
    boolean repaired = false;
    for (int i = 0; i < 50 && !repaired; i++) {
      said.clear();
      scrub();
      repaired =
          said.equals(List.of("0 WHOLE MISSING repaired")) || said.equals(List.of("0 WHOLE"));
    }
    second.feel(new Mood.Well());

    assertThat(repaired).isTrue();
    assertThat(store.readFrom(1, place)).isPresent();
  }

  @Test
  void aSegmentThatIsDeletedMeanwhileIsNotBroughtBack() {
    FramePlace place = put(1000);
    objects(first, objects -> objects.delete(key(place)));
    index.needed = false;

    scrub();

    assertThat(said).containsExactly("0 GONE");
    assertThat(store.readFrom(0, place)).isEmpty();
  }

  @Test
  void itKeepsToItsPaceAndStopsWhenAsked() {
    for (int i = 0; i < 5; i++) {
      put(50_000);
    }
    long start = System.nanoTime();
    boolean all =
        new Scrub(store, index, Clock.fixed(NOW, ZoneOffset.UTC))
            .run(NOW, 1_000_000, () -> said.size() < 3, this::say);

    assertThat(all).isFalse();
    assertThat(said).hasSize(3);
    // Two segments of 50 kB in two replicas, at 1 MB/s; the third ends the pass.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(190));
    scrub();
    assertThat(said).containsExactly("0 WHOLE", "1 WHOLE", "2 WHOLE", "3 WHOLE", "4 WHOLE");
  }

  private boolean scrub() {
    return new Scrub(store, index, Clock.fixed(NOW, ZoneOffset.UTC))
        .run(NOW, 0, () -> true, this::say);
  }

  private void say(ScrubIndex.Known segment, Scrub.Outcome outcome, List<ReplicaFinding> findings) {
    StringBuilder line = new StringBuilder(segment.row() + " " + outcome);
    for (ReplicaFinding finding : findings) {
      Condition condition = finding.condition();
      line.append(' ').append(condition).append(finding.repaired() ? " repaired" : "");
    }
    said.add(line.toString());
  }

  private FramePlace put(int length) {
    byte[] frame = new byte[length];
    random.nextBytes(frame);
    try (SegmentWriter writer = store.begin(Tenant.DEFAULT)) {
      SegmentWriter.Slot slot = writer.add(Blake3.hash(frame), frame, 0, length);
      Segment segment = writer.seal();
      store.put(segment);
      index.add(segment);
      return new FramePlace(segment.ref(), slot.offset(), slot.length());
    }
  }

  private static String key(FramePlace place) {
    return SegmentFormat.key(place.segment().id());
  }

  private static byte[] all(Objects objects, FramePlace place) {
    int length = (int) objects.size(key(place)).orElseThrow();
    try (var stream = objects.get(key(place), 0, length)) {
      return stream.readAllBytes();
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  private static void flip(Objects objects, FramePlace place) {
    byte[] bytes = all(objects, place);
    bytes[bytes.length / 2] ^= 1;
    objects.put(key(place), bytes, bytes.length);
  }

  private static void cut(Objects objects, FramePlace place) {
    byte[] bytes = all(objects, place);
    objects.put(key(place), bytes, bytes.length - 1);
  }

  private static void lengthen(Objects objects, FramePlace place) {
    byte[] bytes = all(objects, place);
    objects.put(key(place), Arrays.copyOf(bytes, bytes.length + 1), bytes.length + 1);
  }

  /** Segments in memory, by their rows. */
  private static final class Index implements ScrubIndex {
    private final TreeMap<Long, Known> rows = new TreeMap<>();
    private final List<Long> lost = new ArrayList<>();
    private boolean needed = true;

    void add(Segment segment) {
      long row = rows.size();
      rows.put(row, new Known(row, segment.ref(), segment.length(), Optional.empty(), false));
    }

    void forget() {
      rows.replaceAll((row, known) ->
          new Known(row, known.ref(), known.length(), Optional.empty(), known.lost()));
    }

    @Override
    public List<Known> notScrubbedSince(Instant before, Optional<Known> after, int most) {
      return rows.values().stream()
          .filter(known -> known.scrubbedAt().isEmpty())
          .filter(known -> after.isEmpty() || known.row() > after.get().row())
          .limit(2)
          .toList();
    }

    @Override
    public boolean needed(Known segment) {
      return needed;
    }

    @Override
    public void scrubbed(Known segment, Instant at, boolean nowLost) {
      lost.remove(segment.row());
      if (nowLost) {
        lost.add(segment.row());
      }
      rows.put(
          segment.row(),
          new Known(segment.row(), segment.ref(), segment.length(), Optional.of(at), nowLost));
    }
  }
}
