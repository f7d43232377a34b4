package dev.germline.app.weights;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for segments that are due to be scrubbed. */
@Singleton
final class ScrubTimer {
  private static final Logger LOG = LoggerFactory.getLogger(ScrubTimer.class);

  private final Scrubbing scrubbing;

  ScrubTimer(Scrubbing scrubbing) {
    this.scrubbing = scrubbing;
  }

  @Scheduled(fixedDelay = "${germline.scrub.every}", initialDelay = "10m")
  void scrub() {
    try {
      scrubbing.background();
    } catch (RuntimeException later) {
      LOG.warn("The scrub stopped and will be made again: {}", later.getMessage());
    }
  }
}
