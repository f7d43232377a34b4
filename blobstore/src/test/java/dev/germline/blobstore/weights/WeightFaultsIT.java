package dev.germline.blobstore.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.blobstore.segment.FramePlace;
import dev.germline.blobstore.segment.Segment;
import dev.germline.blobstore.segment.SegmentWriter;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.ContentDigest;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What comes wrong, in part or damaged. */
class WeightFaultsIT extends OnWeightStore {
  @Test
  void otherBytesThanPromisedAreRefusedAndAFewAreNotEvenStored() {
    byte[] bytes = random(2, 100_000);
    assertThatThrownBy(() ->
            store.put(
                new WeightStore.Incoming(
                    TENANT,
                    "a.bin",
                    bytes.length,
                    ContentDigest.blake3(Blake3.hash(new byte[1])),
                    store.noBases()),
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
                    TENANT,
                    "a.bin",
                    4000,
                    ContentDigest.blake3(Blake3.hash(bytes)),
                    store.noBases()),
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
            TENANT,
            "a.bin",
            bytes.length,
            ContentDigest.blake3(Blake3.hash(bytes)),
            store.noBases());
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
