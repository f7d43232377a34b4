package dev.germline.app.metrics;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after the partitions from time to time, for the first time soon after the start. */
@Singleton
final class PartitionsSchedule {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionsSchedule.class);

  private final Partitions partitions;

  PartitionsSchedule(Partitions partitions) {
    this.partitions = partitions;
  }

  @Scheduled(fixedDelay = "${germline.metrics.maintain-every}", initialDelay = "30s")
  void maintain() {
    try {
      partitions
          .maintain()
          .ifPresent(done -> {
            if (done.made() > 0 || !done.dropped().isEmpty()) {
              LOG.info("Made {} monthly partitions, dropped {}", done.made(), done.dropped());
            }
          });
    } catch (RuntimeException later) {
      LOG.warn("Partitions of measurements were not maintained: {}", later.getMessage());
    }
  }
}
