package dev.germline.blobstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.blobstore.s3.Objects;
import dev.germline.blobstore.s3.S3;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.ByteSource;
import dev.germline.core.weights.FileDigests;
import dev.germline.embedded.stores.S3Endpoint;
import dev.germline.testing.TestStores;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BlobStoreIT {
  private static final int MIB = 1 << 20;
  private static final Digest OTHER = Blake3.hash(new byte[] {1, 2, 3});

  private final S3Endpoint endpoint = TestStores.s3();
  private final BlobStoreSettings settings =
      BlobStoreSettings.of(
              endpoint.uri(), endpoint.accessKey(), endpoint.secretKey(), endpoint.bucket())
          .withBuffers(5 * MIB, 15 * MIB);
  private final BlobStore store = new BlobStore(settings);

  @BeforeEach
  void wipe() {
    TestStores.wipe();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aSmallBlobComesBackAsItWas() throws IOException {
    byte[] bytes = SomeBytes.of(1, 1000);

    FileDigests.Result stored =
        store.put(new ByteArrayInputStream(bytes), 1000, Optional.of(Blake3.hash(bytes)));

    assertThat(stored).isEqualTo(FileDigests.of(bytes));
    assertThat(store.size(stored.blake3())).hasValue(1000);
    assertThat(all(store.open(stored.blake3(), 0, 1000))).isEqualTo(bytes);
    assertThat(store.verify(stored.blake3())).isEqualTo(new Verdict.Intact(stored));
  }

  @Test
  void moreThanARecordIsRefused() {
    int size = BlobStore.LARGEST + 1;
    assertThatThrownBy(() -> store.put(new SomeBytes(2, size), size, Optional.empty()))
        .isInstanceOfSatisfying(
            GermlineException.class,
            refused -> assertThat(refused.fault()).isEqualTo(Fault.LIMIT_EXCEEDED));
    assertThat(keys()).isEmpty();
  }

  @Test
  void aBlobOfUnknownHashIsPlacedUnderTheHashItHas() throws IOException {
    int size = 5 * MIB;
    FileDigests.Result stored = store.put(new SomeBytes(3, size), size, Optional.empty());

    assertThat(stored).isEqualTo(SomeBytes.digests(3, size));
    assertThat(store.list()).containsExactly(new Listed.Blob(stored.blake3(), size));
    assertThat(keys()).containsExactly(BlobKey.of(stored.blake3()));
  }

  @Test
  void bytesThatHashOtherwiseLeaveNothing() {
    for (int size : List.of(100, 5 * MIB)) {
      assertThatThrownBy(() -> store.put(new SomeBytes(4, size), size, Optional.of(OTHER)))
          .isInstanceOfSatisfying(
              GermlineException.class,
              refused -> assertThat(refused.fault()).isEqualTo(Fault.HASH_MISMATCH));
      assertThat(keys()).isEmpty();
    }
    assertThat(store.exists(OTHER)).isFalse();
  }

  @Test
  void aBodyThatEndsEarlyOrLateLeavesNothing() {
    for (int size : List.of(100, 4 * MIB)) {
      assertThatThrownBy(() -> store.put(new SomeBytes(5, size), size + 1, Optional.of(OTHER)))
          .isInstanceOf(EOFException.class);
      assertThatThrownBy(() -> store.put(new SomeBytes(5, size), size - 1, Optional.of(OTHER)))
          .isInstanceOfSatisfying(
              GermlineException.class,
              refused -> assertThat(refused.fault()).isEqualTo(Fault.FILE_INVALID));
      assertThat(keys()).isEmpty();
    }
  }

  @Test
  void anEmptyBlobIsRefused() {
    assertThatThrownBy(() -> store.put(InputStream.nullInputStream(), 0, Optional.empty()))
        .isInstanceOfSatisfying(
            GermlineException.class,
            refused -> assertThat(refused.fault()).isEqualTo(Fault.FILE_INVALID));
  }

  @Test
  void anyRangeCanBeRead() throws IOException {
    byte[] bytes = SomeBytes.of(6, 5 * MIB);
    Digest blake3 =
        store.put(new ByteArrayInputStream(bytes), bytes.length, Optional.empty()).blake3();
    ByteSource source = store.bytes(blake3);

    assertThat(source.size()).isEqualTo(bytes.length);
    for (int[] range :
        List.of(
            new int[] {0, 1},
            new int[] {0, 8},
            new int[] {8, 100_000},
            new int[] {250_000, 300_000},
            new int[] {5, 2},
            new int[] {bytes.length - 7, 7},
            new int[] {bytes.length, 0})) {
      byte[] expected = Arrays.copyOfRange(bytes, range[0], range[0] + range[1]);
      assertThat(source.read(range[0], range[1])).isEqualTo(expected);
      assertThat(all(store.open(blake3, range[0], range[1]))).isEqualTo(expected);
    }
  }

  @Test
  void anAbsentBlobIsNamed() throws IOException {
    assertThatThrownBy(() -> store.open(OTHER, 0, 1))
        .isInstanceOfSatisfying(
            GermlineException.class,
            refused -> {
              assertThat(refused.fault()).isEqualTo(Fault.BLOB_NOT_FOUND);
              assertThat(refused.detail()).contains(OTHER.toHex());
            });
    assertThat(store.verify(OTHER)).isEqualTo(new Verdict.Missing(OTHER));
    store.delete(OTHER);
  }

  @Test
  void aFlippedByteIsFoundByVerifying() throws IOException {
    byte[] bytes = SomeBytes.of(7, 1000);
    Digest blake3 = store.put(new ByteArrayInputStream(bytes), 1000, Optional.empty()).blake3();
    bytes[500] ^= 1;
    putRaw(BlobKey.of(blake3), bytes);

    assertThat(store.verify(blake3)).isEqualTo(new Verdict.Damaged(blake3, FileDigests.of(bytes)));
  }

  @Test
  void whatAKilledServerLeftIsNoBlob() throws IOException {
    byte[] bytes = SomeBytes.of(8, 10);
    Digest blake3 = store.put(new ByteArrayInputStream(bytes), 10, Optional.empty()).blake3();
    String leftover = BlobKey.of(blake3) + "-5b2c1cbb-7c5c-4c1e-a7d7-111111111111";
    putRaw(leftover, new byte[] {1});

    List<Listed> listed = store.list().toList();

    assertThat(listed).hasSize(2).contains(new Listed.Blob(blake3, 10));
    for (Listed item : listed) {
      if (item instanceof Listed.Leftover found) {
        assertThat(found.key()).isEqualTo(leftover);
        store.delete(found);
      }
    }
    assertThat(store.list()).containsExactly(new Listed.Blob(blake3, 10));
  }

  @Test
  void aListingIsReadPageByPage() throws IOException {
    for (byte i = 0; i < 7; i++) {
      store.put(new ByteArrayInputStream(new byte[] {1, i}), 2, Optional.empty());
    }
    try (S3 s3 = new S3(settings.target())) {
      for (int pageSize : List.of(1, 2, 7, 1000)) {
        Objects objects = new Objects(s3, endpoint.bucket(), pageSize);
        assertThat(objects.list(BlobKey.BLOBS).map(item -> item.objectName()))
            .hasSize(7)
            .doesNotHaveDuplicates()
            .isSorted();
      }
    }
  }

  @Test
  void theSweepDropsWhatIsOldAndSparesWhatIsNot() throws Exception {
    Staging staging = store.staging();
    Staging.Staged begun = staging.begin();
    send(staging, begun, new byte[5 * MIB]);
    Staging.Staged completed = staging.begin();
    send(staging, completed, new byte[100]);
    staging.complete(completed, staging.parts(completed));

    staging.sweep(Instant.now().minusSeconds(3600), 100);
    assertThat(staging.parts(begun)).hasSize(1);
    assertThat(staging.completed(completed, 100)).isTrue();

    staging.sweep(Instant.now().plusSeconds(60), 100);
    assertThat(staging.completed(completed, 100)).isFalse();
    assertThat(keys()).isEmpty();
  }

  private static void send(Staging staging, Staging.Staged staged, byte[] part) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest put =
          HttpRequest.newBuilder(staging.presign(staged, 1, Duration.ofMinutes(1)))
              .PUT(HttpRequest.BodyPublishers.ofByteArray(part))
              .build();
      assertThat(client.send(put, HttpResponse.BodyHandlers.discarding()).statusCode())
          .isEqualTo(200);
    }
  }

  private List<String> keys() {
    try (MinioClient client = raw()) {
      return java.util.stream.StreamSupport.stream(
              client
                  .listObjects(
                      io.minio.ListObjectsArgs.builder()
                          .bucket(endpoint.bucket())
                          .recursive(true)
                          .build())
                  .spliterator(),
              false)
          .map(BlobStoreIT::name)
          .toList();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String name(io.minio.Result<io.minio.messages.Item> item) {
    try {
      return item.get().objectName();
    } catch (io.minio.errors.MinioException e) {
      throw new IllegalStateException(e);
    }
  }

  private void putRaw(String key, byte[] bytes) {
    try (MinioClient client = raw()) {
      client.putObject(
          PutObjectArgs.builder().bucket(endpoint.bucket()).object(key).stream(
                  new ByteArrayInputStream(bytes), (long) bytes.length, -1L)
              .build());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private MinioClient raw() {
    return MinioClient.builder()
        .endpoint(endpoint.uri().toString())
        .region("us-east-1")
        .credentials(endpoint.accessKey(), endpoint.secretKey())
        .build();
  }

  private static byte[] all(InputStream stream) throws IOException {
    try (stream) {
      return stream.readAllBytes();
    }
  }
}
