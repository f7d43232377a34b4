package dev.germline.app.layers;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets old reads of revoked layers now and then. */
@Singleton
final class RevokedReadsSchedule {
  private static final Logger LOG = LoggerFactory.getLogger(RevokedReadsSchedule.class);

  private final RevokedReads reads;

  RevokedReadsSchedule(RevokedReads reads) {
    this.reads = reads;
  }

  @Scheduled(fixedDelay = "1h", initialDelay = "5m")
  void tend() {
    try {
      reads.tend();
    } catch (RuntimeException later) {
      LOG.warn("Old reads of revoked layers will be forgotten later: {}", later.getMessage());
    }
  }
}
