package dev.germline.blobstore.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.blobstore.BlobStoreSettings;
import dev.germline.blobstore.segment.DataKeys;
import dev.germline.blobstore.segment.SegmentSettings;
import dev.germline.blobstore.segment.SegmentStore;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.weights.ContentDigest;
import dev.germline.core.weights.Tenant;
import dev.germline.embedded.stores.S3Endpoint;
import dev.germline.testing.TestStores;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files read without S3, and many at once with little memory. */
class CachedWeightsIT {
  private static final int MIB = 1 << 20;

  private final S3Endpoint endpoint = TestStores.s3();
  private final MemoryIndex index = new MemoryIndex();
  private final byte[] file = new byte[21 * MIB + 11];

  @TempDir private Path caches;

  @BeforeEach
  void prepare() {
    TestStores.wipe();
    new Random(1).nextBytes(file);
  }

  @Test
  void whatWasJustStoredIsReadFromTheCache() throws IOException {
    try (SegmentStore segments = segments("a");
        WeightStore store = store(segments)) {
      Stored stored = put(store);
      TestStores.wipe();
      assertThat(Arrays.equals(read(store, stored), file)).isTrue();
    }
  }

  @Test
  void whatIsPreloadedIsReadFromTheCache() throws IOException {
    Stored stored;
    try (SegmentStore segments = segments("a");
        WeightStore store = store(segments)) {
      stored = put(store);
    }
    try (SegmentStore segments = segments("b");
        WeightStore store = store(segments)) {
      assertThat(store.preload(stored.recipe(), file.length)).isBetween(21L * MIB, 22L * MIB);
      TestStores.wipe();
      assertThat(Arrays.equals(read(store, stored), file)).isTrue();
    }
  }

  @Test
  void manyReadersShareLittleMemoryByReadingLessAhead() throws IOException {
    try (SegmentStore segments = segments("a");
        WeightStore store = store(segments)) {
      Stored stored = put(store);
      // The first takes 24 MiB, the others 8 of what is left.
      List<InputStream> readers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        readers.add(store.open(stored.recipe(), 0, file.length));
      }
      byte[] piece = new byte[MIB];
      for (int at = 0; at < file.length; at += MIB) {
        int length = Math.min(MIB, file.length - at);
        for (InputStream reader : readers) {
          assertThat(reader.readNBytes(piece, 0, length)).isEqualTo(length);
          assertThat(Arrays.equals(piece, 0, length, file, at, at + length)).isTrue();
        }
      }
      for (InputStream reader : readers) {
        reader.close();
      }
    }
  }

  private SegmentStore segments(String cache) {
    var target =
        BlobStoreSettings.of(
                endpoint.uri(), endpoint.accessKey(), endpoint.secretKey(), endpoint.bucket())
            .target();
    return new SegmentStore(
        SegmentSettings.of(List.of(target)).withCache(caches.resolve(cache), 64 * MIB),
        DataKeys.none());
  }

  private WeightStore store(SegmentStore segments) {
    return new WeightStore(
        index, segments, new WeightStore.Limits(64 * MIB, 40 * MIB, Duration.ofSeconds(5)));
  }

  private Stored put(WeightStore store) throws IOException {
    return store.put(
        new WeightStore.Incoming(
            Tenant.DEFAULT,
            "any.bin",
            file.length,
            ContentDigest.blake3(Blake3.hash(file)),
            store.noBases()),
        new ByteArrayInputStream(file),
        new Transfer() {});
  }

  private byte[] read(WeightStore store, Stored stored) throws IOException {
    try (InputStream stream = store.open(stored.recipe(), 0, file.length)) {
      return stream.readAllBytes();
    }
  }
}
