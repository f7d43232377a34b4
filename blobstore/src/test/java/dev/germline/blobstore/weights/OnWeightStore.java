package dev.germline.blobstore.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.blobstore.BlobStoreSettings;
import dev.germline.blobstore.segment.DataKeys;
import dev.germline.blobstore.segment.SegmentSettings;
import dev.germline.blobstore.segment.SegmentStore;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.weights.ContentDigest;
import dev.germline.core.weights.FileDigests;
import dev.germline.core.weights.Tenant;
import dev.germline.embedded.stores.S3Endpoint;
import dev.germline.testing.TestStores;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store of weights for each test, on an empty S3. */
abstract class OnWeightStore {
  static final int MIB = 1 << 20;
  static final Tenant TENANT = Tenant.DEFAULT;

  final S3Endpoint endpoint = TestStores.s3();
  final MemoryIndex index = new MemoryIndex();
  final SegmentStore segments =
      new SegmentStore(
          SegmentSettings.of(
              List.of(
                  BlobStoreSettings.of(
                          endpoint.uri(),
                          endpoint.accessKey(),
                          endpoint.secretKey(),
                          endpoint.bucket())
                      .target())),
          DataKeys.none());
  final WeightStore store =
      new WeightStore(
          index, segments, new WeightStore.Limits(128 * MIB, 64 * MIB, Duration.ofSeconds(20)));

  @BeforeEach
  void wipe() {
    TestStores.wipe();
  }

  @AfterEach
  void close() {
    store.close();
    segments.close();
  }

  Stored put(String path, byte[] bytes) throws IOException {
    return put(TENANT, path, bytes, store.noBases());
  }

  Stored put(Tenant tenant, String path, byte[] bytes, Bases bases) throws IOException {
    Stored stored =
        store.put(
            new WeightStore.Incoming(
                tenant, path, bytes.length, ContentDigest.blake3(Blake3.hash(bytes)), bases),
            new ByteArrayInputStream(bytes),
            new Transfer() {});
    assertThat(stored.digests()).isEqualTo(FileDigests.of(bytes));
    return stored;
  }

  Stored child(byte[] bytes, Stored parent) throws IOException {
    return put(TENANT, "model.safetensors", bytes, bases(parent));
  }

  Bases bases(Stored parent) {
    return store.bases(parent.recipe(), parent.scan().tensors());
  }

  byte[] read(Stored stored, long offset, long length) throws IOException {
    try (InputStream stream = store.open(stored.recipe(), offset, length)) {
      return stream.readAllBytes();
    }
  }

  void assertComesBack(Stored stored, byte[] bytes) throws IOException {
    assertThat(Arrays.equals(read(stored, 0, bytes.length), bytes)).isTrue();
  }

  static byte[] random(long seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static SomeModel model() {
    return new SomeModel()
        .with("embedding", 9000, 384, 1)
        .with("layer.0.dense", 384, 384, 2)
        .with("layer.0.bias", 1, 64, 3)
        .with("layer.1.dense", 384, 384, 4);
  }
}
