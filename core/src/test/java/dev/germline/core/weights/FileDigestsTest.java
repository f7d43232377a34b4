package dev.germline.core.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.core.GermlineException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FileDigestsTest {
  /** {@code printf 'hello\n' | git hash-object --stdin}, {@code | sha256sum}, {@code | b3sum}. */
  @Test
  void agreesWithGitSha256sumAndB3sum() {
    FileDigests.Result result = FileDigests.of("hello\n".getBytes(StandardCharsets.UTF_8));

    assertThat(result.gitSha1()).hasToString("ce013625030ba8dba906f756967f9e9ca394464a");
    assertThat(result.sha256().toHex())
        .isEqualTo("5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03");
    assertThat(FileDigests.of(new byte[0]).blake3().toHex())
        .isEqualTo("af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262");
    assertThat(FileDigests.of(new byte[0]).gitSha1())
        .hasToString("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
  }

  @Test
  void piecesGiveTheSameDigestsAsTheWhole() {
    var random = new Random(7);
    byte[] bytes = new byte[300_000];
    random.nextBytes(bytes);
    var digests = new FileDigests(bytes.length);
    for (int at = 0; at < bytes.length; ) {
      int piece = Math.min(bytes.length - at, random.nextInt(70_000));
      digests.update(bytes, at, piece);
      at += piece;
    }

    assertThat(digests.finish()).isEqualTo(FileDigests.of(bytes));
  }

  @Test
  void refusesMoreOrFewerBytesThanAnnounced() {
    var digests = new FileDigests(3);
    digests.update(new byte[2], 0, 2);

    assertThatThrownBy(digests::finish)
        .isInstanceOf(GermlineException.class)
        .hasMessageContaining("ends after 2 of the 3 bytes");
    assertThatThrownBy(() -> digests.update(new byte[2], 0, 2))
        .isInstanceOf(GermlineException.class)
        .hasMessageContaining("longer than the 3 bytes");
  }
}
