package dev.germline.blobstore.weights;

import dev.germline.blobstore.encoding.PieceCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The threads that encode and decode, as many as there are processors, each with its codec and
 * scratch memory; shared by all uploads and downloads of a process. Thread-safe.
 */
final class Workers implements AutoCloseable {
  private final ExecutorService threads;
  private final ConcurrentLinkedDeque<Desk> spare = new ConcurrentLinkedDeque<>();

  Workers(int count) {
    this.threads =
        Executors.newFixedThreadPool(
            count, Thread.ofPlatform().name("weights-", 0).daemon(true).factory());
  }

  /** What one thread works with. */
  static final class Desk implements AutoCloseable {
    final PieceCodec codec = new PieceCodec();

    /** Two pieces: a chain of bases is decoded from one into the other. */
    final byte[] one = new byte[PieceCodec.MAX_PIECE];

    final byte[] other = new byte[PieceCodec.MAX_PIECE];

    @Override
    public void close() {
      codec.close();
    }
  }

  /** Some of the work. */
  @FunctionalInterface
  interface Task {
    void run(int index, Desk desk) throws IOException;
  }

  /** Does the work for 0 to {@code count} - 1 in any order, and throws the first failure. */
  void each(int count, Task task) throws IOException {
    List<Background<?>> running = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int index = i;
      running.add(Background.on(threads, () -> atDesk(desk -> task.run(index, desk))));
    }
    // All must have ended before the buffers they use go back.
    running.forEach(Background::settle);
    for (Background<?> one : running) {
      one.await();
    }
  }

  @FunctionalInterface
  private interface AtDesk {
    void run(Desk desk) throws IOException;
  }

  private @Nullable Void atDesk(AtDesk work) throws IOException {
    Desk desk = spare.poll();
    if (desk == null) {
      desk = new Desk();
    }
    try {
      work.run(desk);
      return null;
    } finally {
      spare.push(desk);
    }
  }

  @Override
  public void close() {
    threads.close();
    spare.forEach(Desk::close);
  }
}
