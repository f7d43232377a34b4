package dev.germline.app.weights;

import io.micronaut.core.annotation.Nullable;
import java.util.List;
import java.util.Map;

/**
 * A rotation of the master key, under way or done.
 *
 * @param startedAt milliseconds since 1970-01-01 UTC; null while IDLE
 * @param endedAt null until DONE
 * @param rewrapped data keys that the current master key wraps since
 * @param failures the first ones
 * @param failureCount all of them
 * @param wraps how many data keys each master key wraps; a master key that is not among them may be
 *     thrown away
 * @param complete whether it is done and no other master key wraps anything
 */
public record RotationReport(
    State state,
    @Nullable Long startedAt,
    @Nullable Long endedAt,
    long rewrapped,
    List<String> failures,
    long failureCount,
    Map<String, Long> wraps,
    boolean complete) {

  /** How far it is. */
  public enum State {
    IDLE,
    RUNNING,
    DONE
  }
}
