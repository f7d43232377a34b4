package dev.germline.app.metrics;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Which times are taken: within the retention, and not in the future. Thread-safe. */
final class Times {
  private final Clock clock;
  private final Duration retention;
  private final Duration skew;

  Times(Clock clock, MetricsSettings settings) {
    this.clock = clock;
    this.retention = settings.retention();
    this.skew = settings.clockSkew();
  }

  Instant now() {
    return clock.instant();
  }

  /**
   * Refuses a time whose partition may be gone, or never come.
   *
   * @throws GermlineException INVALID_REQUEST
   */
  Instant require(String member, Instant time) {
    Instant now = clock.instant();
    Instant earliest = now.minus(retention);
    if (time.isBefore(earliest)) {
      throw new GermlineException(
          Fault.INVALID_REQUEST,
          "%s %s is before %s; what is older than %d days is not kept"
              .formatted(member, time, earliest, retention.toDays()));
    }
    if (time.isAfter(now.plus(skew))) {
      throw new GermlineException(
          Fault.INVALID_REQUEST, "%s %s is in the future; it is %s".formatted(member, time, now));
    }
    return time;
  }
}
