package dev.germline.blobstore.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.blobstore.BlobStoreSettings;
import dev.germline.blobstore.s3.S3Target;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.Tenant;
import dev.germline.embedded.stores.S3Endpoint;
import dev.germline.testing.TestStores;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentStoreIT {
  private final S3Endpoint endpoint = TestStores.s3();
  private final S3Target target =
      BlobStoreSettings.of(
              endpoint.uri(), endpoint.accessKey(), endpoint.secretKey(), endpoint.bucket())
          .target();

  @BeforeEach
  void wipe() {
    TestStores.wipe();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void framesComeBackAloneAndSideBySide(boolean encrypted) {
    try (SegmentStore store = store(encrypted)) {
      byte[] one = bytes(1, 100_000);
      byte[] two = bytes(2, 300_000);
      FramePlace first;
      FramePlace second;
      try (SegmentWriter writer = store.begin(Tenant.DEFAULT)) {
        SegmentWriter.Slot a = writer.add(digest(one), one, 0, one.length);
        SegmentWriter.Slot b = writer.add(digest(two), two, 0, two.length);
        Segment segment = writer.seal();
        store.put(segment);
        assertThat(Blake3.hash(segment.bytes(), 0, segment.length())).isEqualTo(segment.ref().id());
        first = new FramePlace(segment.ref(), a.offset(), a.length());
        second = new FramePlace(segment.ref(), b.offset(), b.length());
      }

      byte[] both =
          store.read(
              new FramePlace(first.segment(), first.offset(), first.length() + second.length()));
      assertThat(opened(store.open(first, digest(one), both, 0))).isEqualTo(one);
      assertThat(opened(store.open(second, digest(two), both, first.length()))).isEqualTo(two);
      byte[] alone = store.readFrom(0, second).orElseThrow();
      assertThat(opened(store.open(second, digest(two), alone, 0))).isEqualTo(two);
    }
  }

  @Test
  void aSegmentThatIsNowhereOrTooShortIsSaidToBeMissing() {
    try (SegmentStore store = store(false)) {
      byte[] one = bytes(1, 1000);
      SegmentRef ref;
      try (SegmentWriter writer = store.begin(Tenant.DEFAULT)) {
        writer.add(digest(one), one, 0, one.length);
        Segment segment = writer.seal();
        ref = segment.ref();
        store.put(segment);
      }
      FramePlace beyond = new FramePlace(ref, 1000, 5000);
      FramePlace after = new FramePlace(ref, 100_000, 5000);

      assertThat(store.readFrom(0, beyond)).isEmpty();
      assertThat(store.readFrom(0, after)).isEmpty();
      assertMissing(store, beyond);
      store.delete(ref.id());
      assertMissing(store, new FramePlace(ref, 64, 100));
    }
  }

  private static void assertMissing(SegmentStore store, FramePlace place) {
    assertThatThrownBy(() -> store.read(place))
        .isInstanceOfSatisfying(
            GermlineException.class,
            missing -> assertThat(missing.fault()).isEqualTo(Fault.BLOB_NOT_FOUND));
  }

  private SegmentStore store(boolean encrypted) {
    return new SegmentStore(
        SegmentSettings.of(List.of(target)), encrypted ? new FixedKeys() : DataKeys.none());
  }

  private static byte[] opened(SegmentStore.Frame frame) {
    return Arrays.copyOfRange(frame.bytes(), frame.offset(), frame.offset() + frame.length());
  }

  private static Digest digest(byte[] bytes) {
    return Blake3.hash(bytes);
  }

  private static byte[] bytes(long seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
