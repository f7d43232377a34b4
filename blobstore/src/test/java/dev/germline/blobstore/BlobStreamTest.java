package dev.germline.blobstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.blobstore.s3.BlobStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BlobStreamTest {
  private static final byte[] BYTES = SomeBytes.of(1, 1000);

  private int opened;

  @Test
  void aBrokenConnectionIsTakenUpWhereItStopped() throws IOException {
    try (BlobStream stream = new BlobStream(breakingAfter(300), 100, 1000)) {
      assertThat(stream.readAllBytes()).isEqualTo(Arrays.copyOfRange(BYTES, 100, 1000));
    }
    assertThat(opened).isEqualTo(3);
  }

  @Test
  void aStoreThatAlwaysBreaksIsGivenUp() {
    BlobStream stream = new BlobStream(breakingAfter(0), 0, 1000);
    assertThatThrownBy(stream::readAllBytes).isInstanceOf(IOException.class);
  }

  @Test
  void smallReadsNearEachOtherCostOneRequest() throws IOException {
    BlobSource source = new BlobSource(breakingAfter(1000), 1000);
    assertThat(source.read(0, 8)).isEqualTo(Arrays.copyOfRange(BYTES, 0, 8));
    assertThat(source.read(8, 500)).isEqualTo(Arrays.copyOfRange(BYTES, 8, 508));
    assertThat(source.read(4, 2)).isEqualTo(Arrays.copyOfRange(BYTES, 4, 6));
    assertThat(opened).isEqualTo(1);
    assertThatThrownBy(() -> source.read(999, 2)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  /** A store whose connections break after some bytes each. */
  private BlobStream.Source breakingAfter(int bytes) {
    return (offset, end) -> {
      opened++;
      int from = (int) offset;
      int to = (int) Math.min(end, offset + bytes);
      InputStream some = new ByteArrayInputStream(BYTES, from, to - from);
      return new InputStream() {
        @Override
        public int read() throws IOException {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int at, int length) throws IOException {
          int read = some.read(target, at, length);
          if (read < 0 && to < end) {
            throw new IOException("connection reset");
          }
          return read;
        }
      };
    };
  }
}
