package dev.germline.blobstore.weights;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/**
 * Work that goes on beside its starter, who waits for it before it gives back what the work uses:
 * interrupting the wait does not end it.
 */
final class Background<T> {
  private final FutureTask<T> task;

  private Background(FutureTask<T> task) {
    this.task = task;
  }

  static <T> Background<T> start(String name, Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofVirtual().name(name).start(task);
    return new Background<>(task);
  }

  static <T> Background<T> on(Executor executor, Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    executor.execute(task);
    return new Background<>(task);
  }

  /** What the work gave, or throws what it threw. */
  T await() throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException again) {
          interrupted = true;
        } catch (ExecutionException failed) {
          switch (failed.getCause()) {
            case IOException io -> throw io;
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            case null, default -> throw new IllegalStateException(failed);
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits for the end, whatever it is. */
  void settle() {
    try {
      await();
    } catch (IOException | RuntimeException alreadyTold) {
      // The failure that led to settling is the one to tell.
    }
  }
}
