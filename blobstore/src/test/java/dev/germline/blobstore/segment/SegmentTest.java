package dev.germline.blobstore.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.Tenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentTest {
  private static final int TARGET = 1 << 16;
  private static final Tenant ACME = new Tenant("acme");

  private final FixedKeys keys = new FixedKeys();
  private final SegmentBuffers buffers =
      new SegmentBuffers(SegmentWriter.capacity(TARGET), 2, Duration.ofMillis(20));

  private record Packed(SegmentRef ref, List<byte[]> frames, List<SegmentWriter.Slot> slots) {
    FramePlace place(int i) {
      return new FramePlace(ref, slots.get(i).offset(), slots.get(i).length());
    }

    Digest piece(int i) {
      return Blake3.hash(frames.get(i));
    }
  }

  private byte[] bytes = new byte[0];

  private Packed pack(boolean encrypted, int... lengths) {
    Random random = new Random(lengths.length);
    try (SegmentWriter writer = writer(encrypted)) {
      List<byte[]> frames = new ArrayList<>();
      List<SegmentWriter.Slot> slots = new ArrayList<>();
      for (int length : lengths) {
        byte[] frame = new byte[length + 7];
        random.nextBytes(frame);
        byte[] alone = Arrays.copyOfRange(frame, 3, 3 + length);
        slots.add(writer.add(Blake3.hash(alone), frame, 3, length));
        frames.add(alone);
      }
      Segment segment = writer.seal();
      bytes = Arrays.copyOf(segment.bytes(), segment.length());
      assertThat(segment.ref().id()).isEqualTo(Blake3.hash(bytes));
      return new Packed(segment.ref(), frames, slots);
    }
  }

  private SegmentWriter writer(boolean encrypted) {
    Optional<DataKey> key = encrypted ? keys.forNewSegments(ACME) : Optional.empty();
    return new SegmentWriter(buffers.take(), TARGET, key);
  }

  private byte[] open(FramePlace place, Digest piece, byte[] from) {
    Sealing sealing = place.segment().sealing().orElseThrow();
    return new SegmentCipher(keys.find(sealing.dataKey()), sealing.salt())
        .openFrame(piece, from, place.offset(), place.length(), place.offset());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatWasPackedIsFoundByTheSegmentAlone(boolean encrypted) {
    Packed packed = pack(encrypted, 1, 1000, 17, 60_000, SegmentWriter.LARGEST_FRAME);

    SegmentContents contents = SegmentContents.read(bytes, bytes.length, keys);

    assertThat(contents.sealing()).isEqualTo(packed.ref().sealing());
    assertThat(contents.sealing().isPresent()).isEqualTo(encrypted);
    assertThat(contents.frames()).hasSize(5);
    for (int i = 0; i < 5; i++) {
      SegmentContents.Frame frame = contents.frames().get(i);
      assertThat(frame.piece()).isEqualTo(packed.piece(i));
      assertThat(new SegmentWriter.Slot(frame.offset(), frame.length()))
          .isEqualTo(packed.slots().get(i));
      byte[] opened =
          encrypted
              ? open(packed.place(i), frame.piece(), bytes)
              : Arrays.copyOfRange(bytes, frame.offset(), frame.offset() + frame.length());
      assertThat(opened).isEqualTo(packed.frames().get(i));
    }
  }

  @Test
  void twoSegmentsOfTheSameFramesAreTwoObjects() {
    assertThat(pack(false, 100).ref().id()).isNotEqualTo(pack(false, 100).ref().id());
    assertThat(pack(true, 100).ref().id()).isNotEqualTo(pack(true, 100).ref().id());
  }

  @Test
  void itIsFullWhenItsFramesAndIndexComeToTheTarget() {
    try (SegmentWriter writer = writer(true)) {
      byte[] tiny = {1};
      int added = 0;
      while (!writer.full()) {
        writer.add(Blake3.hash(tiny), tiny, 0, 1);
        added++;
      }
      assertThat(added).isBetween(TARGET / 60, TARGET / 50);
      assertThatThrownBy(() -> writer.add(Blake3.hash(tiny), tiny, 0, 1))
          .isInstanceOf(IllegalStateException.class);
      assertThat(writer.seal().length()).isBetween(TARGET, TARGET + 200);
    }
  }

  @Test
  void theLargestSegmentFits() {
    try (SegmentWriter writer = writer(true)) {
      byte[] frame = new byte[SegmentWriter.LARGEST_FRAME];
      writer.add(Blake3.hash(frame), frame, 0, TARGET - SegmentFormat.HEADER - 40 - 16 - 1);
      assertThat(writer.full()).isFalse();
      writer.add(Blake3.hash(frame), frame, 0, frame.length);
      assertThat(writer.seal().length()).isLessThanOrEqualTo(SegmentWriter.capacity(TARGET));
    }
  }

  @Test
  void everyFlippedBitOfAnEncryptedSegmentsFramesAndIndexIsNoticed() {
    Packed packed = pack(true, 50, 1, 300);
    int end = bytes.length - SegmentFormat.FOOTER;
    for (int bit = SegmentFormat.HEADER * 8; bit < end * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      int at = bit / 8;
      int damaged = 0;
      for (int i = 0; i < 3; i++) {
        FramePlace place = packed.place(i);
        Digest piece = packed.piece(i);
        if (at >= place.offset() && at < place.end()) {
          damaged++;
          assertThatThrownBy(() -> open(place, piece, flipped)).satisfies(SegmentTest::damaged);
        } else {
          assertThat(open(place, piece, flipped)).isEqualTo(packed.frames().get(i));
        }
      }
      if (damaged == 0) {
        assertThatThrownBy(() -> SegmentContents.read(flipped, flipped.length, keys))
            .satisfies(SegmentTest::damaged);
      }
    }
  }

  @Test
  void aFrameBelongsToItsPlacePieceSegmentAndTenant() {
    Packed packed = pack(true, 64, 64);
    Digest salt = packed.ref().sealing().orElseThrow().salt();
    DataKey key = keys.forNewSegments(ACME).orElseThrow();
    FramePlace first = packed.place(0);
    byte[] swapped = bytes.clone();
    System.arraycopy(bytes, packed.place(1).offset(), swapped, first.offset(), first.length());

    assertThat(open(first, packed.piece(0), bytes)).isEqualTo(packed.frames().get(0));
    assertThatThrownBy(() -> open(first, packed.piece(0), swapped)).satisfies(SegmentTest::damaged);
    assertThatThrownBy(() -> open(first, packed.piece(1), swapped)).satisfies(SegmentTest::damaged);
    assertThatThrownBy(() -> open(first, packed.piece(1), bytes)).satisfies(SegmentTest::damaged);
    SegmentCipher otherTenant =
        new SegmentCipher(new DataKey(key.id(), Tenant.DEFAULT, key.secret()), salt);
    SegmentCipher otherSegment = new SegmentCipher(key, Blake3.hash(new byte[1]));
    for (SegmentCipher wrong : List.of(otherTenant, otherSegment)) {
      assertThatThrownBy(
              () -> wrong.openFrame(packed.piece(0), bytes, first.offset(), first.length(), 64))
          .satisfies(SegmentTest::damaged);
    }
  }

  /** Computed apart from this code, by Python: hmac, and cryptography's AESGCM. */
  @Test
  void theDocumentedBytesAreThoseOfTheCode() {
    byte[] secret = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f".repeat(2));
    DataKey key = new DataKey(new DataKeyId(1, 2), ACME, new SecretKeySpec(secret, "AES"));
    Digest salt = Digest.parse("11".repeat(32));
    byte[] out = new byte[100];

    int stored =
        new SegmentCipher(key, salt)
            .sealFrame(Digest.parse("22".repeat(32)), new byte[] {1, 2, 3, 4}, 0, 4, out, 64);

    assertThat(HexFormat.of().formatHex(out, 64, 64 + stored))
        .isEqualTo("e75f94f794b3c3178c6155a81590a47d361d92a4");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whateverABrokenSegmentSaysItIsRefusedOrItsPlacesLieInside(boolean encrypted) {
    pack(encrypted, 40, 1, 200);
    Random random = new Random(42);
    for (int length = 0; length < bytes.length; length++) {
      int cut = length;
      assertThatThrownBy(() -> SegmentContents.read(bytes, cut, keys))
          .isInstanceOf(GermlineException.class);
    }
    for (int round = 0; round < 20_000; round++) {
      byte[] hostile = bytes.clone();
      for (int change = random.nextInt(1, 5); change > 0; change--) {
        int back = random.nextInt(Math.min(hostile.length, 170));
        int at = random.nextBoolean() ? hostile.length - 1 - back : random.nextInt(64);
        hostile[at] = (byte) (random.nextBoolean() ? 0xff : random.nextInt(256));
      }
      try {
        SegmentContents read = SegmentContents.read(hostile, hostile.length, keys);
        assertThat(read.frames())
            .allSatisfy(frame -> {
              assertThat(frame.offset()).isBetween(64, hostile.length);
              assertThat(frame.length()).isBetween(1, hostile.length - frame.offset());
            });
      } catch (GermlineException refused) {
        assertThat(refused.fault())
            .isIn(Fault.FILE_INVALID, Fault.WEIGHT_FRAME_INVALID, Fault.KEY_UNAVAILABLE);
      }
    }
  }

  @Test
  void memoryIsBoundedAndGoesRound() {
    byte[] large = new byte[2 << 20];
    Digest piece = Blake3.hash(large);
    SegmentWriter one = writer(false);
    SegmentWriter two = writer(false);
    one.add(piece, large, 0, large.length);
    two.add(piece, large, 0, large.length);
    try (SegmentWriter three = writer(false)) {
      three.add(piece, large, 0, 100); // a small one needs none of the large arrays
      assertThatThrownBy(() -> three.add(piece, large, 0, large.length))
          .isInstanceOfSatisfying(
              GermlineException.class,
              busy -> assertThat(busy.fault()).isEqualTo(Fault.OVERLOADED));
      one.close();
      one.close();
      three.add(piece, large, 0, large.length);
      assertThat(three.seal().length()).isGreaterThan(large.length + 100);
    }
    two.close();
  }

  private static void damaged(Throwable thrown) {
    assertThat(thrown)
        .isInstanceOfSatisfying(
            GermlineException.class,
            refused -> assertThat(refused.fault()).isEqualTo(Fault.WEIGHT_FRAME_INVALID));
  }
}
