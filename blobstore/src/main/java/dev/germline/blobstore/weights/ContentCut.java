package dev.germline.blobstore.weights;

import java.util.SplittableRandom;

/**
 * Cuts bytes where their content says so (gear hash), so that a file with some bytes put in still
 * shares what follows with the file it came from. Pieces are 256 KiB to 4 MiB, 1 MiB on average.
 */
final class ContentCut {
  private static final int LEAST = 1 << 18;

  /** One place in 2^20 matches; the hash's upper bits are those that most bytes stir. */
  private static final long MASK = 0xFFFFFL << 44;

  /** Fixed for ever: other numbers would cut known files elsewhere. */
  private static final long[] GEAR = new SplittableRandom(0x6765726d6c696e65L).longs(256).toArray();

  private ContentCut() {}

  /**
   * The length of the next piece.
   *
   * @param bytes from {@code offset} on, {@code length} of them
   * @return {@code length} when nothing says to cut before
   */
  static int length(byte[] bytes, int offset, int length) {
    if (length <= LEAST) {
      return length;
    }
    long hash = 0;
    // A match depends on the 64 bytes before it.
    for (int i = offset + LEAST - 64, end = offset + length; i < end; i++) {
      hash = (hash << 1) + GEAR[bytes[i] & 0xff];
      if ((hash & MASK) == 0 && i >= offset + LEAST) {
        return i - offset + 1;
      }
    }
    return length;
  }
}
