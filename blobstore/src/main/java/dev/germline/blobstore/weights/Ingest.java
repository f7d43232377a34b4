package dev.germline.blobstore.weights;

import dev.germline.core.weights.FileDigests;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One file's way into the store, in one pass: while a batch of pieces is encoded and packed, the
 * next arrives. Memory is two batches and a window, whatever the size. For one thread and one file.
 */
final class Ingest implements AutoCloseable {
  private final long size;
  private final Arriving arriving;
  private final Cutter cutter;
  private final Packing packing;
  private final Transfer transfer;
  private Batch filling;
  private Batch other;
  private @Nullable Background<Batch> running;

  /**
   * @param transfer told how far it is
   */
  Ingest(long size, Arriving arriving, Cutter cutter, Packing packing, Transfer transfer) {
    this.size = size;
    this.arriving = arriving;
    this.cutter = cutter;
    this.packing = packing;
    this.transfer = transfer;
    int capacity = capacity(size);
    this.filling = new Batch(capacity);
    this.other = new Batch(capacity); // a small file may have more pieces than a batch takes
  }

  private static int capacity(long size) {
    return (int) Math.min(Batch.BYTES, size);
  }

  /** Bytes of memory that a file of this size takes while it comes in, roughly. */
  static int memory(long size, Bases bases) {
    // The window; two batches; a batch's frames; its bases and theirs. Segments have their own.
    return (int) Math.min(6 << 20, size) + (bases.isEmpty() ? 3 : 5) * capacity(size);
  }

  /** Takes all of the body in; the last segment may not be stored yet. */
  FileDigests.Result run() throws IOException {
    while (arriving.at() < size) {
      Cutter.Cut cut = cutter.at(arriving.at(), arriving.known());
      if (cut == null) {
        arriving.feedReader();
        continue;
      }
      arriving.fillTo(arriving.at() + cut.length());
      int length =
          cut.free() ? ContentCut.length(arriving.window(), 0, cut.length()) : cut.length();
      if (!filling.takes(length)) {
        hand();
      }
      filling.take(arriving, cut, length);
    }
    hand();
    await();
    return arriving.digests();
  }

  private void hand() throws IOException {
    await();
    Batch full = filling;
    filling = other;
    other = full;
    running =
        Background.start(
            "packing",
            () -> {
              packing.pack(full);
              return full;
            });
    transfer.received(arriving.at());
  }

  private void await() throws IOException {
    if (running != null) {
      Background<Batch> work = running;
      running = null;
      work.await().clear();
    }
  }

  /** After the body broke: packs the whole pieces that came. */
  void keep() throws IOException {
    hand();
    await();
  }

  @Override
  public void close() {
    if (running != null) {
      running.settle();
    }
  }
}
