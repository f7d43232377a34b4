package dev.germline.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1, bytes 0-0/100",
    "bytes=0-, 0, 100, bytes 0-99/100",
    "bytes=10-19, 10, 10, bytes 10-19/100",
    "bytes=90-1000, 90, 10, bytes 90-99/100",
    "bytes=-1, 99, 1, bytes 99-99/100",
    "bytes=-1000, 0, 100, bytes 0-99/100"
  })
  void oneRangeIsCutToTheResource(String header, long offset, long length, String contentRange) {
    ByteRange range = new ByteRange(offset, length);
    assertThat(ByteRange.of(Optional.of(header), 100)).isEqualTo(new ByteRange.Part(range));
    assertThat(range.contentRange(100)).isEqualTo(contentRange);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "bytes=", "bytes=-", "bytes=5-4", "bytes=0-1,3-4", "items=0-1", "bytes=a-b"})
  void whatIsNotOneRangeAsksForTheWhole(String header) {
    assertThat(ByteRange.of(Optional.of(header), 100)).isEqualTo(new ByteRange.Whole());
  }

  @Test
  void noHeaderAsksForTheWhole() {
    assertThat(ByteRange.of(Optional.empty(), 100)).isEqualTo(new ByteRange.Whole());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0"})
  void aRangeBeyondTheEndIsOutside(String header) {
    assertThat(ByteRange.of(Optional.of(header), 100)).isEqualTo(new ByteRange.Outside());
  }
}
