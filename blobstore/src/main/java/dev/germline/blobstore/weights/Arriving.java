package dev.germline.blobstore.weights;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.weights.ByteSource;
import dev.germline.core.weights.FileDigests;
import dev.germline.core.weights.FileFormat;
import dev.germline.core.weights.TensorScan;
import dev.germline.core.weights.TensorSpan;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A file on its way in: hashed as it comes, held in a window, and meanwhile read by the reader of
 * its format on a thread of its own, so that its tensors are known in time to cut there. The reader
 * stops wherever it needs bytes that are not here yet; all before that place is known then.
 *
 * <p>One thread drives it; only {@link #read} is called from the reader's thread.
 */
final class Arriving implements ByteSource, AutoCloseable {
  /** A piece that waits to be cut, and what the reader looks at beyond it. */
  private static final int WINDOW = Cutter.MAX_PIECE + (1 << 20);

  private static final int MOST_AT_ONCE = 1 << 18;

  private final long size;
  private final InputStream body;
  private final FileDigests digests;
  private final byte[] window;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // All below is guarded by the lock.
  private long start;
  private int filled;
  private boolean reading = true;
  private long wanted = -1;
  private long wantedEnd;
  private boolean closed;
  private FileFormat format = FileFormat.OTHER;
  private TensorScan scan = new TensorScan(FileFormat.OTHER, List.of());

  /**
   * @param path of the file in its layer, by which its format is told where its bytes leave it open
   * @param body exactly {@code size} bytes
   * @param found told of the tensors, on the reader's thread
   */
  Arriving(String path, long size, InputStream body, Consumer<TensorSpan> found) {
    this.size = size;
    this.body = body;
    this.digests = new FileDigests(size);
    this.window = new byte[(int) Math.min(WINDOW, size)];
    Thread.ofVirtual().name("file-format").start(() -> scan(path, found));
  }

  private void scan(String path, Consumer<TensorSpan> found) {
    FileFormat recognised = FileFormat.OTHER;
    TensorScan result = new TensorScan(FileFormat.OTHER, List.of());
    try {
      recognised = FileFormat.recognise(path, this);
      result = TensorScan.read(path, this, found);
    } catch (IOException | GermlineException broken) {
      // A file that breaks the rules of its format is kept as plain bytes; whether a layer may
      // have it is for publishing to say.
      result = new TensorScan(recognised, List.of());
    } finally {
      lock.lock();
      try {
        reading = false;
        format = recognised;
        scan = result;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  @Override
  public long size() {
    return size;
  }

  /** For the reader of the format: waits until the bytes are here. */
  @Override
  public byte[] read(long offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, (long) length, size);
    lock.lock();
    try {
      wanted = offset;
      wantedEnd = offset + length;
      changed.signalAll();
      while (!closed && offset >= start && start + filled < wantedEnd) {
        changed.awaitUninterruptibly();
      }
      if (closed || offset < start) {
        throw new IOException("the bytes from " + offset + " on are not here any more");
      }
      byte[] bytes = new byte[length];
      System.arraycopy(window, (int) (offset - start), bytes, 0, length);
      wanted = -1;
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the reader needs more bytes or is done.
   *
   * @return the place up to which the tensors are known
   */
  long known() {
    lock.lock();
    try {
      while (reading && (wanted < 0 || wantedEnd <= start + filled)) {
        changed.awaitUninterruptibly();
      }
      return reading ? wanted : size;
    } finally {
      lock.unlock();
    }
  }

  /** Takes in what the reader waits for, as far as the window reaches. */
  void feedReader() throws IOException {
    fillTo(wantedEnd());
  }

  private long wantedEnd() {
    lock.lock();
    try {
      return wantedEnd;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes in the bytes up to an offset that the window reaches.
   *
   * @throws EOFException if the body ends before
   */
  void fillTo(long end) throws IOException {
    long most = Math.min(Math.min(end, size), start + window.length);
    while (start + filled < most) {
      int room = (int) Math.min(MOST_AT_ONCE, most - start - filled);
      int got = body.readNBytes(window, filled, room);
      if (got < room) {
        throw new EOFException(
            "the body ended after " + (start + filled + got) + " of " + size + " bytes");
      }
      digests.update(window, filled, got);
      lock.lock();
      try {
        filled += got;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** The window, whose first byte is at {@link #at}; to look at only. */
  byte[] window() {
    return window;
  }

  /** Where the bytes begin that were not taken yet. */
  long at() {
    return start;
  }

  /** Moves the first bytes of the window, which are here, into a piece. */
  void take(byte[] target, int offset, int length) {
    lock.lock();
    try {
      Objects.checkFromIndexSize(0, length, filled);
      System.arraycopy(window, 0, target, offset, length);
      System.arraycopy(window, length, window, 0, filled - length);
      start += length;
      filled -= length;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The hashes of the whole file, once all of it was taken.
   *
   * @throws GermlineException FILE_INVALID when the body goes on
   */
  FileDigests.Result digests() throws IOException {
    if (body.read() >= 0) {
      throw new GermlineException(
          Fault.FILE_INVALID, "the body is longer than the " + size + " bytes that were announced");
    }
    return digests.finish();
  }

  /** What the file is, once all of it was taken. */
  TensorScan scanned() {
    known();
    lock.lock();
    try {
      return new TensorScan(format, scan.tensors());
    } finally {
      lock.unlock();
    }
  }

  /** Ends the reader; the body stays open. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
