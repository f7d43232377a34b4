package dev.germline.app.blobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentRangeTest {
  @Test
  void theLastByteIsIncluded() {
    ContentRange range = ContentRange.parse("bytes 10-19/100");
    assertThat(range).isEqualTo(new ContentRange(10, 20, 100));
    assertThat(range.length()).isEqualTo(10);
    assertThat(ContentRange.parse("bytes 0-0/1").length()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes 0-9",
        "bytes 0-9/*",
        "bytes */10",
        "bytes 5-4/10",
        "bytes 0-10/10",
        "bytes -1-5/10",
        "bytes 0-9/99999999999999999999",
        "items 0-9/10"
      })
  void anythingElseIsRefused(String header) {
    assertThatThrownBy(() -> ContentRange.parse(header))
        .isInstanceOfSatisfying(
            GermlineException.class,
            refused -> assertThat(refused.fault()).isEqualTo(Fault.INVALID_REQUEST));
  }
}
