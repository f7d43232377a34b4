package dev.germline.app.graphql;

import dev.germline.app.identity.Caller;
import dev.germline.app.layers.LayerRow;
import dev.germline.app.layers.Layers;
import dev.germline.app.ledger.LedgerReader;
import dev.germline.core.substrate.EntityId;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Layers as they are published, by this process or another one: the chain's end is looked at, once
 * for all who watch, and only when it has moved each watcher's own new layers are read. Nothing is
 * queued for slow watchers: where each stands is a place in the ledger. Thread-safe.
 */
public final class NewLayers {
  private static final int AT_ONCE = 100;

  private final Layers layers;
  private final LedgerReader ledger;
  private final Duration lookEvery;

  // Blocks on the stores, so not on the timer's threads. No ExecutorService, whose threads would be
  // interrupted when a client leaves: that breaks the connection to MySQL that one reads from.
  private final Scheduler scheduler =
      Schedulers.fromExecutor(task -> Thread.ofVirtual().name("news").start(task));
  private long end;
  private long lookedAt;
  private boolean looked;

  public NewLayers(Layers layers, LedgerReader ledger, Duration lookEvery) {
    this.layers = layers;
    this.ledger = ledger;
    this.lookEvery = lookEvery;
  }

  /**
   * What is published from now on, or after a place in the ledger, and the caller may see.
   *
   * @param after a ledger sequence; null: from the head on
   */
  Flux<LayerRow> watch(Caller caller, @Nullable Long after, Predicate<LayerRow> wanted) {
    Watch watch = new Watch(caller, after == null ? ledger.head().sequence() : after);
    return Flux.interval(Duration.ZERO, lookEvery)
        .onBackpressureDrop()
        .publishOn(scheduler, 1)
        .concatMapIterable(_ -> watch.look(), 1)
        .filter(wanted);
  }

  private synchronized long end() {
    long now = System.nanoTime();
    if (!looked || now - lookedAt >= lookEvery.toNanos() / 2) {
      end = ledger.head().sequence();
      lookedAt = now;
      looked = true;
    }
    return end;
  }

  /** Where one watcher stands. */
  private final class Watch {
    private final Caller caller;
    private long sequence;
    private @Nullable EntityId id;

    Watch(Caller caller, long sequence) {
      this.caller = caller;
      this.sequence = sequence;
    }

    List<LayerRow> look() {
      long upTo = end();
      if (upTo <= sequence && id == null) {
        return List.of();
      }
      List<LayerRow> found = layers.publishedAfter(caller, sequence, id, AT_ONCE);
      boolean more = found.size() == AT_ONCE;
      if (more || (!found.isEmpty() && found.getLast().ledgerSequence() > upTo)) {
        sequence = found.getLast().ledgerSequence();
        id = found.getLast().id();
      } else {
        sequence = Math.max(sequence, upTo);
        id = null;
      }
      return found;
    }
  }
}
