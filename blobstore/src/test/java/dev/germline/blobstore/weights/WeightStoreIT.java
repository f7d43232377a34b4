package dev.germline.blobstore.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.blobstore.BlobStoreSettings;
import dev.germline.blobstore.segment.DataKeys;
import dev.germline.blobstore.segment.FramePlace;
import dev.germline.blobstore.segment.Segment;
import dev.germline.blobstore.segment.SegmentSettings;
import dev.germline.blobstore.segment.SegmentStore;
import dev.germline.blobstore.segment.SegmentWriter;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.FileDigests;
import dev.germline.core.weights.FileFormat;
import dev.germline.core.weights.Tenant;
import dev.germline.core.weights.TensorSpan;
import dev.germline.embedded.stores.S3Endpoint;
import dev.germline.testing.TestStores;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WeightStoreIT {
  private static final int MIB = 1 << 20;
  private static final Tenant TENANT = Tenant.DEFAULT;

  private final S3Endpoint endpoint = TestStores.s3();
  private final MemoryIndex index = new MemoryIndex();
  private final SegmentStore segments =
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
  private final WeightStore store =
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

  private Stored put(String path, byte[] bytes) throws IOException {
    return put(TENANT, path, bytes, store.noBases());
  }

  private Stored put(Tenant tenant, String path, byte[] bytes, Bases bases) throws IOException {
    Stored stored =
        store.put(
            new WeightStore.Incoming(tenant, path, bytes.length, Blake3.hash(bytes), bases),
            new ByteArrayInputStream(bytes),
            new Transfer() {});
    assertThat(stored.digests()).isEqualTo(FileDigests.of(bytes));
    return stored;
  }

  private Stored child(byte[] bytes, Stored parent) throws IOException {
    return put(TENANT, "model.safetensors", bytes, bases(parent));
  }

  private Bases bases(Stored parent) {
    return store.bases(parent.recipe(), parent.scan().tensors());
  }

  private byte[] read(Stored stored, long offset, long length) throws IOException {
    try (InputStream stream = store.open(stored.recipe(), offset, length)) {
      return stream.readAllBytes();
    }
  }

  private void assertComesBack(Stored stored, byte[] bytes) throws IOException {
    assertThat(Arrays.equals(read(stored, 0, bytes.length), bytes)).isTrue();
  }

  private static byte[] random(long seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static SomeModel model() {
    return new SomeModel()
        .with("embedding", 9000, 384, 1)
        .with("layer.0.dense", 384, 384, 2)
        .with("layer.0.bias", 1, 64, 3)
        .with("layer.1.dense", 384, 384, 4);
  }

  @Test
  void filesOfEverySizeComeBackByteForByte() throws IOException {
    for (int size : new int[] {1, 2, 1000, MIB, 4 * MIB, 4 * MIB + 1, 37 * MIB + 5}) {
      byte[] bytes = random(size, size);
      assertComesBack(put("any.bin", bytes), bytes);
    }
  }

  @Test
  void anyRangeIsReadAlone() throws IOException {
    byte[] bytes = model().safetensors();
    Stored stored = put("model.safetensors", bytes);
    Random random = new Random(5);
    for (int i = 0; i < 50; i++) {
      int from = random.nextInt(bytes.length);
      int to = from + random.nextInt(bytes.length - from + 1);
      assertThat(Arrays.equals(read(stored, from, to - from), Arrays.copyOfRange(bytes, from, to)))
          .isTrue();
    }
    assertThat(store.bytes(stored.recipe(), bytes.length).read(4 * MIB - 10, 20))
        .isEqualTo(Arrays.copyOfRange(bytes, 4 * MIB - 10, 4 * MIB + 10));
  }

  @Test
  void aFileIsCutAtItsTensorsAndStoredSmaller() throws IOException {
    byte[] bytes = model().safetensors();
    Stored stored = put("model.safetensors", bytes);

    assertThat(stored.scan().format()).isEqualTo(FileFormat.SAFETENSORS);
    List<Long> cuts = index.recipe(stored.recipe()).stream().map(PlacedPiece::offset).toList();
    for (TensorSpan tensor : stored.scan().tensors()) {
      if (tensor.bytes() > 512) {
        assertThat(cuts).contains(tensor.begin());
      }
    }
    assertThat(index.storedBytes()).isLessThan(bytes.length * 70L / 100);
    assertThat(index.segments()).isEqualTo(1);
    assertComesBack(stored, bytes);
  }

  @Test
  void aSmallFileOfManyTensorsComesBack() throws IOException {
    SomeModel many = new SomeModel();
    for (int i = 0; i < 1500; i++) {
      many.with("t" + i, 1, 512, i);
    }
    byte[] bytes = many.safetensors();
    assertThat(bytes.length).isLessThan(Batch.BYTES);
    assertComesBack(put("model.safetensors", bytes), bytes);
  }

  @Test
  void whatIsThereIsNotStoredAgain() throws IOException {
    byte[] bytes = model().safetensors();
    put("model.safetensors", bytes);
    long before = index.storedBytes();
    assertComesBack(put("again.safetensors", bytes), bytes);
    assertThat(index.storedBytes()).isEqualTo(before);
    assertThat(index.segments()).isEqualTo(1);
  }

  @Test
  void tenantsShareNothing() throws IOException {
    byte[] bytes = random(8, 100_000);
    put("a.bin", bytes);
    put(new Tenant("other"), "a.bin", bytes, store.noBases());
    assertThat(index.segments()).isEqualTo(2);
  }

  @Test
  void aChildIsStoredAsItsDifferenceToItsParent() throws IOException {
    byte[] parent = model().safetensors();
    byte[] tuned = model().tuned(9).safetensors();
    Stored stored = put("model.safetensors", parent);
    long before = index.storedBytes();

    Stored child = child(tuned, stored);

    assertThat(index.storedBytes() - before).isLessThan(tuned.length * 45L / 100);
    assertComesBack(child, tuned);
  }

  @Test
  void ofAGrownVocabularyOnlyTheNewRowsAreNew() throws IOException {
    byte[] parent = model().safetensors();
    byte[] grown = model().grown("embedding", 500, 10).safetensors();
    Stored stored = put("model.safetensors", parent);
    long before = index.storedBytes();

    Stored child = child(grown, stored);

    assertThat(index.storedBytes() - before).isLessThan(500L * 384 * 2);
    assertComesBack(child, grown);
    byte[] tunedToo = model().tuned(11).grown("embedding", 500, 10).safetensors();
    assertComesBack(child(tunedToo, stored), tunedToo);
  }

  @Test
  void aLongLineOfChildrenStaysReadable() throws IOException {
    SomeModel model = new SomeModel().with("w", 512, 512, 1);
    Stored last = put("model.safetensors", model.safetensors());
    for (int generation = 1; generation <= 9; generation++) {
      model = model.tuned(generation);
      last = child(model.safetensors(), last);
      assertComesBack(last, model.safetensors());
    }
    assertThat(index.recipe(last.recipe()))
        .allSatisfy(
            piece -> assertThat(piece.piece().depth()).isLessThanOrEqualTo(StoredPiece.MAX_DEPTH));
    assertThat(index.recipe(last.recipe()))
        .anySatisfy(piece -> assertThat(piece.piece().depth()).isPositive());
  }

  @Test
  void bytesPutInMoveOnlyThePiecesAroundThem() throws IOException {
    byte[] bytes = random(1, 20 * MIB);
    put("a.bin", bytes);
    long before = index.storedBytes();
    byte[] longer = new byte[bytes.length + 7];
    System.arraycopy(bytes, 0, longer, 0, 5 * MIB);
    System.arraycopy(bytes, 5 * MIB, longer, 5 * MIB + 7, bytes.length - 5 * MIB);

    assertComesBack(put("b.bin", longer), longer);

    assertThat(index.storedBytes() - before).isLessThan(5L * MIB);
  }

  @Test
  void otherBytesThanPromisedAreRefusedAndAFewAreNotEvenStored() {
    byte[] bytes = random(2, 100_000);
    assertThatThrownBy(() ->
            store.put(
                new WeightStore.Incoming(
                    TENANT, "a.bin", bytes.length, Blake3.hash(new byte[1]), store.noBases()),
                new ByteArrayInputStream(bytes),
                new Transfer() {}))
        .isInstanceOfSatisfying(
            GermlineException.class,
            refused -> assertThat(refused.fault()).isEqualTo(Fault.HASH_MISMATCH));
    assertThat(index.segments()).isZero();
  }

  @Test
  void aBodyLongerThanAnnouncedIsRefused() {
    byte[] bytes = random(3, 5000);
    assertThatThrownBy(() ->
            store.put(
                new WeightStore.Incoming(
                    TENANT, "a.bin", 4000, Blake3.hash(bytes), store.noBases()),
                new ByteArrayInputStream(bytes),
                new Transfer() {}))
        .isInstanceOfSatisfying(
            GermlineException.class,
            refused -> assertThat(refused.fault()).isEqualTo(Fault.FILE_INVALID));
  }

  @Test
  void whatCameOfABrokenUploadNeedNotComeAgain() throws IOException {
    byte[] bytes = random(4, 50 * MIB);
    AtomicLong recipe = new AtomicLong();
    AtomicLong received = new AtomicLong();
    Transfer marks =
        new Transfer() {
          @Override
          public void stored(long to, long reached) {
            recipe.set(to);
            received.set(reached);
          }
        };
    WeightStore.Incoming file =
        new WeightStore.Incoming(
            TENANT, "a.bin", bytes.length, Blake3.hash(bytes), store.noBases());
    assertThatThrownBy(() -> store.put(file, new ByteArrayInputStream(bytes, 0, 30 * MIB), marks))
        .isInstanceOf(IOException.class);
    assertThat(received).hasValueGreaterThan(25L * MIB);
    long before = index.storedBytes();
    int from = (int) received.get();

    Stored stored;
    try (InputStream first = store.open(recipe.get(), 0, from);
        InputStream whole =
            new SequenceInputStream(
                first, new ByteArrayInputStream(bytes, from, bytes.length - from))) {
      stored = store.put(file, whole, new Transfer() {});
    }

    assertComesBack(stored, bytes);
    assertThat(index.storedBytes() - before).isLessThan(bytes.length - from + 5L * MIB);
  }

  @Test
  void oddFilesComeBackByteForByte() throws IOException {
    for (Map.Entry<String, byte[]> file : OddFiles.all().entrySet()) {
      byte[] bytes = file.getValue();
      Stored stored = put(file.getKey(), bytes);
      assertThat(Arrays.equals(read(stored, 0, bytes.length), bytes)).as(file.getKey()).isTrue();
      Stored child = put(TENANT, file.getKey(), changed(bytes, 1), bases(stored));
      assertThat(Arrays.equals(read(child, 0, bytes.length), changed(bytes, 1)))
          .as("child of " + file.getKey())
          .isTrue();
    }
  }

  @Test
  void brokenHeadersAndCutFilesComeBackByteForByte() throws IOException {
    List<Map.Entry<String, byte[]>> files = List.copyOf(OddFiles.all().entrySet());
    Random random = new Random(12);
    for (int i = 0; i < 300; i++) {
      Map.Entry<String, byte[]> file = files.get(random.nextInt(files.size()));
      byte[] bytes = changed(file.getValue(), i);
      byte[] cut = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
      Stored stored = put(file.getKey(), random.nextBoolean() ? cut : bytes);
      byte[] expected = stored.digests().size() == cut.length ? cut : bytes;
      assertThat(Arrays.equals(read(stored, 0, expected.length), expected))
          .as(file.getKey() + " " + i)
          .isTrue();
    }
  }

  /** With some bits flipped, most of them where formats describe themselves. */
  private static byte[] changed(byte[] bytes, long seed) {
    byte[] changed = bytes.clone();
    Random random = new Random(seed);
    for (int i = 0; i < 3; i++) {
      int among = random.nextInt(4) == 0 ? bytes.length : Math.min(bytes.length, 200);
      changed[random.nextInt(among)] ^= (byte) (1 << random.nextInt(8));
    }
    return changed;
  }

  @Test
  void aReaderFindsPiecesThatWereMovedWhileItRead() throws IOException {
    byte[] bytes = random(13, 40 * MIB);
    Stored stored = put("a.bin", bytes);
    try (InputStream stream = store.open(stored.recipe(), 0, bytes.length)) {
      moveAll(stored);
      assertThat(Arrays.equals(stream.readAllBytes(), bytes)).isTrue();
    }
  }

  /** Copies all frames of a file to other segments and deletes those where they were. */
  private void moveAll(Stored stored) {
    Set<Digest> before = new HashSet<>();
    for (PlacedPiece placed : index.recipe(stored.recipe())) {
      StoredPiece piece = placed.piece();
      byte[] frame = segments.read(piece.place());
      try (SegmentWriter writer = segments.begin(TENANT)) {
        SegmentWriter.Slot slot = writer.add(piece.digest(), frame, 0, frame.length);
        Segment segment = writer.seal();
        segments.put(segment);
        index.relocate(piece, new FramePlace(segment.ref(), slot.offset(), slot.length()));
      }
      before.add(piece.place().segment().id());
    }
    before.forEach(segments::delete);
  }

  @Test
  void aFlippedBitIsNoticedWhateverIsRead() throws Exception {
    byte[] bytes = random(6, 3 * MIB);
    Stored stored = put("a.bin", bytes);
    PlacedPiece piece = index.recipe(stored.recipe()).getFirst();
    flip(piece, piece.piece().place().length() / 2);

    assertThatThrownBy(() -> read(stored, 0, bytes.length))
        .isInstanceOfSatisfying(
            DamagedBytes.class, damaged -> assertThat(damaged.begin()).isZero());
  }

  private void flip(PlacedPiece piece, int at) throws Exception {
    String hex = piece.piece().place().segment().id().toHex();
    String key = "segments/" + hex.substring(0, 2) + "/" + hex.substring(2, 4) + "/" + hex;
    try (MinioClient client =
        MinioClient.builder()
            .endpoint(endpoint.uri().toString())
            .credentials(endpoint.accessKey(), endpoint.secretKey())
            .build()) {
      byte[] object;
      try (InputStream stream =
          client.getObject(
              io.minio.GetObjectArgs.builder().bucket(endpoint.bucket()).object(key).build())) {
        object = stream.readAllBytes();
      }
      object[piece.piece().place().offset() + at] ^= 1;
      client.putObject(
          PutObjectArgs.builder().bucket(endpoint.bucket()).object(key).stream(
                  new ByteArrayInputStream(object), (long) object.length, -1L)
              .build());
    }
  }
}
