package dev.germline.app.layers;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Lets work that costs seconds of the stores' time be done for a few callers at a time. */
final class Turns {
  private static final int AT_ONCE = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Semaphore turns = new Semaphore(AT_ONCE);

  /**
   * Does it when it is its turn.
   *
   * @throws GermlineException OVERLOADED when the turn does not come
   */
  <T> T take(Supplier<T> work) {
    try {
      if (!turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new GermlineException(
            Fault.OVERLOADED, "others are asking the same of the stores now; try again shortly");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new GermlineException(Fault.OVERLOADED, "the server is stopping", stopped);
    }
    try {
      return work.get();
    } finally {
      turns.release();
    }
  }
}
