package dev.germline.core.weights;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/**
 * Bytes that can be read from any place: a file, an object in S3. The readers of this package ask
 * for at most 1 MiB at once and mostly in rising order.
 */
public interface ByteSource {
  /** Length in bytes; does not change. */
  long size();

  /**
   * Exactly {@code length} bytes from {@code offset} on, in an array of the caller's own.
   *
   * @param offset from 0
   * @param length from 0, with {@code offset + length <= size()}
   * @throws IOException if the store fails or has become shorter
   */
  byte[] read(long offset, int length) throws IOException;

  /** Bytes at hand (not copied). */
  static ByteSource of(byte[] bytes) {
    return new ByteSource() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public byte[] read(long offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        return Arrays.copyOfRange(bytes, (int) offset, (int) offset + length);
      }
    };
  }
}
