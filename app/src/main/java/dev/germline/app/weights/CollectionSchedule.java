package dev.germline.app.weights;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** Collects from time to time; processes that were started together do so at different times. */
@Singleton
final class CollectionSchedule {
  private final WeightCollection collection;
  private final Duration every;
  private final Clock clock;
  private Instant next;

  CollectionSchedule(WeightCollection collection, CollectionSettings settings, Clock clock) {
    this.collection = collection;
    this.every = settings.every();
    this.clock = clock;
    this.next = clock.instant().plusMillis(ThreadLocalRandom.current().nextLong(every.toMillis()));
  }

  @Scheduled(fixedDelay = "1m", initialDelay = "1m")
  synchronized void collectWhenDue() {
    Instant now = clock.instant();
    if (!now.isBefore(next)) {
      next = now.plus(every);
      collection.start(false);
    }
  }
}
