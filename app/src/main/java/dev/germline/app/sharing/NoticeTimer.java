package dev.germline.app.sharing;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells dependents of changes from time to time, also while nobody asks. */
@Singleton
final class NoticeTimer {
  private static final Logger LOG = LoggerFactory.getLogger(NoticeTimer.class);

  private final Notices notices;

  NoticeTimer(Notices notices) {
    this.notices = notices;
  }

  @Scheduled(
      fixedDelay = "${germline.sharing.notices-every}",
      initialDelay = "${germline.sharing.notices-every}")
  void tell() {
    try {
      notices.tend();
    } catch (RuntimeException later) {
      LOG.warn("Dependents will be told later: {}", later.getMessage());
    }
  }
}
