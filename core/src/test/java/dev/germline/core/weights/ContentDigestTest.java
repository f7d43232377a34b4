package dev.germline.core.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.core.GermlineException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentDigestTest {
  private static final String BLAKE3 =
      "6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85";
  private static final String SHA256 =
      "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private final FileDigests.Result abc = FileDigests.of("abc".getBytes(StandardCharsets.US_ASCII));

  @ParameterizedTest
  @ValueSource(strings = {BLAKE3, SHA256})
  void isWrittenAsItIsReadAndNamesTheBytesItIsOf(String text) {
    ContentDigest digest = ContentDigest.parse(text);
    assertThat(digest).hasToString(text).isEqualTo(digest.of(abc));
    assertThat(digest.of(FileDigests.of(new byte[1]))).isNotEqualTo(digest);
  }

  @Test
  void theSameDigitsOfAnotherHashAreAnotherName() {
    assertThat(ContentDigest.parse(SHA256))
        .isNotEqualTo(ContentDigest.parse(SHA256.substring("sha256:".length())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sha256:", "sha256:ab", "sha1:" + BLAKE3, "SHA256:" + BLAKE3, "zz"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> ContentDigest.parse(text))
        .isInstanceOf(GermlineException.class)
        .hasMessageContaining("INVALID_ID");
  }
}
