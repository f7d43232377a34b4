package dev.germline.blobstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlobKeyTest {
  private static final Digest DIGEST = Blake3.hash(new byte[] {1});

  @Test
  void aKeyStandsForItsDigest() {
    assertThat(BlobKey.of(DIGEST)).startsWith("blobs/").endsWith(DIGEST.toHex());
    assertThat(BlobKey.parse(BlobKey.of(DIGEST))).hasValue(DIGEST);
  }

  @Test
  void anythingElseStandsForNone() {
    String key = BlobKey.of(DIGEST);
    for (String other :
        List.of(
            key + "-5b2c1cbb-7c5c-4c1e-a7d7-111111111111",
            key.substring(0, key.length() - 1),
            "blobs/00/00/" + DIGEST,
            "blobs/" + DIGEST,
            key.toUpperCase(java.util.Locale.ROOT),
            "staging/x")) {
      assertThat(BlobKey.parse(other)).as(other).isEmpty();
    }
  }
}
