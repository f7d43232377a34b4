package dev.germline.blobstore.segment;

import dev.germline.core.GermlineException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which segments there are and when each was last looked at. Implemented over the registry's
 * database. Thread-safe; every method throws {@link GermlineException} STORE_UNAVAILABLE.
 */
public interface ScrubIndex {
  /**
   * A segment that pieces lie in.
   *
   * @param row its row
   * @param ref names it
   * @param length of the object in bytes
   * @param scrubbedAt when it was last found whole in every replica, or lost; empty: never
   * @param lost whether it was lost then
   */
  record Known(long row, SegmentRef ref, int length, Optional<Instant> scrubbedAt, boolean lost) {}

  /**
   * Segments not looked at since an instant, those looked at longest ago first; none that pieces do
   * not lie in or that are to be deleted.
   *
   * @param after goes on after this one
   * @param most how many
   */
  List<Known> notScrubbedSince(Instant before, Optional<Known> after, int most);

  /** Whether the segment is still there and is not to be deleted. */
  boolean needed(Known segment);

  /**
   * Remembers that a segment was looked at.
   *
   * @param lost no replica has it whole
   */
  void scrubbed(Known segment, Instant at, boolean lost);
}
