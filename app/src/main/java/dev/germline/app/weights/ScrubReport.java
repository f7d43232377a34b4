package dev.germline.app.weights;

import io.micronaut.core.annotation.Nullable;
import java.util.List;

/**
 * A scrub on demand, under way or done, and what is lost now.
 *
 * @param startedAt milliseconds since 1970-01-01 UTC; null while IDLE
 * @param endedAt null until DONE
 * @param dueSegments that there were to look at when it began
 * @param dueBytes of them
 * @param segments looked at so far
 * @param bytes of them; each replica was read
 * @param missing in some replica
 * @param damaged in some replica
 * @param unreachable in some replica
 * @param repaired of what was missing or damaged
 * @param findings the first ones
 * @param findingCount all of them
 * @param problem why it could not be finished
 * @param lostSegments that no replica has whole, whoever found that
 * @param lost the first of them
 * @param clean whether it is done, everything is whole in every replica, and nothing is lost
 */
public record ScrubReport(
    State state,
    @Nullable Long startedAt,
    @Nullable Long endedAt,
    long dueSegments,
    long dueBytes,
    long segments,
    long bytes,
    long missing,
    long damaged,
    long unreachable,
    long repaired,
    List<Finding> findings,
    long findingCount,
    @Nullable String problem,
    long lostSegments,
    List<Lost> lost,
    boolean clean) {

  /** How far it is. */
  public enum State {
    IDLE,
    RUNNING,
    DONE
  }

  /**
   * A segment that is not whole in one replica.
   *
   * @param segment BLAKE3 of the object
   * @param replica its address and bucket
   * @param condition MISSING, DAMAGED or UNREACHABLE
   * @param repaired whether it is whole now
   */
  public record Finding(String segment, String replica, String condition, boolean repaired) {}

  /**
   * A segment that no replica has whole.
   *
   * @param segment BLAKE3 of the object
   * @param files that cannot be read to their end, the first ones
   */
  public record Lost(String segment, List<LostFile> files) {}

  /**
   * A file that cannot be read to its end.
   *
   * @param tenant whose it is
   * @param blake3 of the file
   * @param layer that has it, {@code namespace/name@version}; absent where none has
   * @param path in the layer
   * @param tensors that are hit, the first ones; none where it is not a file of tensors
   */
  public record LostFile(
      String tenant,
      String blake3,
      @Nullable String layer,
      @Nullable String path,
      List<String> tensors) {}
}
