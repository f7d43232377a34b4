package dev.germline.app.blobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.blobstore.Staging.Staged;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.weights.FileDigests;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunningHashesTest {
  private final RunningHashes hashes = new RunningHashes();
  private final UploadId id = UploadId.random();

  @Test
  void aHashIsGivenOutOnceAndOnlyForTheBytesItSaw() {
    FileDigests digests = hashes.take(upload(0)).orElseThrow();
    digests.update(new byte[10], 0, 10);
    hashes.keep(id, digests);

    assertThat(hashes.take(upload(20))).isEmpty();
    hashes.keep(id, digests);
    assertThat(hashes.take(upload(10))).hasValue(digests);
    assertThat(hashes.take(upload(10))).isEmpty();
  }

  @Test
  void theBeginningNeedsNothingKept() {
    assertThat(hashes.take(upload(0))).hasValueSatisfying(d -> assertThat(d.seen()).isZero());
  }

  private Upload upload(long received) {
    return new Upload(
        id,
        Upload.Kind.STREAMED,
        Blake3.hash(new byte[0]),
        "anna",
        100,
        10,
        new Staged("staging/x", "y"),
        received,
        false,
        Instant.EPOCH);
  }
}
