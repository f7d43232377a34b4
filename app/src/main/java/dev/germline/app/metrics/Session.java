package dev.germline.app.metrics;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One use of a layer. Its user, session id and start tell it from others of the layer.
 *
 * @param endedAt absent: it goes on
 * @param rating 0 to 1, how well it went
 */
record Session(
    String user,
    String sessionId,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Double rating,
    @Nullable String comment) {
  /** What its user calls it by. */
  SessionId id() {
    return new SessionId(startedAt.toEpochMilli(), sessionId);
  }
}
