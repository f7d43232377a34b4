package dev.germline.blobstore.segment;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Large arrays that go round. New ones of some MiB each, many a second, would keep the garbage
 * collector busier than all other work on a small heap. Holds a few only, so that what it keeps
 * stays small; whoever needs more gets new ones. Thread-safe.
 */
public final class SpareArrays {
  private static final int UNIT = 1 << 20;

  private final int most;
  private final int longest;
  private final ConcurrentLinkedDeque<byte[]> spare = new ConcurrentLinkedDeque<>();
  private final AtomicInteger kept = new AtomicInteger();

  /**
   * None at first.
   *
   * @param most arrays that are kept
   * @param longest that is kept, in bytes
   */
  public SpareArrays(int most, int longest) {
    this.most = most;
    this.longest = longest;
  }

  /** An array of at least so many bytes, with anything in it. */
  public byte[] take(int length) {
    byte[] array = spare.poll();
    if (array == null) {
      return new byte[rounded(length)];
    }
    kept.decrementAndGet();
    return array.length < length ? new byte[rounded(length)] : array;
  }

  private int rounded(int length) {
    return length > longest ? length : Math.min(longest, Math.ceilDiv(length, UNIT) * UNIT);
  }

  /** Nobody uses the array any more. */
  public void giveBack(byte[] array) {
    if (array.length <= longest && kept.incrementAndGet() <= most) {
      spare.push(array);
    } else if (array.length <= longest) {
      kept.decrementAndGet();
    }
  }
}
