package dev.germline.app.weights;

import io.micronaut.core.annotation.Nullable;
import java.util.List;

/**
 * A collection of weights that nothing refers to, under way or done.
 *
 * @param dryRun whether it only looks
 * @param startedAt milliseconds since 1970-01-01 UTC; null while IDLE
 * @param endedAt null until DONE
 * @param phase what is looked through; null unless RUNNING
 * @param gone what went; in a dry run what would go
 * @param failures what was left for the next time, and why
 * @param complete whether it is done and left nothing
 */
public record CollectionReport(
    State state,
    boolean dryRun,
    @Nullable Long startedAt,
    @Nullable Long endedAt,
    @Nullable String phase,
    Figures gone,
    List<String> failures,
    boolean complete) {

  /** How far it is. */
  public enum State {
    IDLE,
    RUNNING,
    DONE
  }

  /**
   * So many of something.
   *
   * @param bytes together
   */
  public record Tally(long count, long bytes) {
    static final Tally NONE = new Tally(0, 0);

    Tally plus(long more, long moreBytes) {
      return new Tally(count + more, bytes + moreBytes);
    }
  }

  /**
   * What goes, by reason.
   *
   * @param blobs files that were sent and that no layer has; their bytes as files
   * @param recipes lists of the pieces of a file, of uploads that came to nothing and of those
   *     blobs
   * @param pieces that are in no file and that no other piece is coded against; as stored
   * @param compacted objects mostly of pieces that are gone: what is left was copied out of them;
   *     bytes of what is gone
   * @param condemned objects without pieces, which go after the time that readers are given
   * @param segments such objects that were deleted: the bytes that S3 has again
   */
  public record Figures(
      Tally blobs, Tally recipes, Tally pieces, Tally compacted, Tally condemned, Tally segments) {
    static final Figures NOTHING =
        new Figures(Tally.NONE, Tally.NONE, Tally.NONE, Tally.NONE, Tally.NONE, Tally.NONE);

    Figures plus(Kind kind, long count, long bytes) {
      return new Figures(
          kind == Kind.BLOBS ? blobs.plus(count, bytes) : blobs,
          kind == Kind.RECIPES ? recipes.plus(count, bytes) : recipes,
          kind == Kind.PIECES ? pieces.plus(count, bytes) : pieces,
          kind == Kind.COMPACTED ? compacted.plus(count, bytes) : compacted,
          kind == Kind.CONDEMNED ? condemned.plus(count, bytes) : condemned,
          kind == Kind.SEGMENTS ? segments.plus(count, bytes) : segments);
    }
  }

  /** The figures' names. */
  enum Kind {
    BLOBS,
    RECIPES,
    PIECES,
    COMPACTED,
    CONDEMNED,
    SEGMENTS
  }

  static final CollectionReport IDLE =
      new CollectionReport(State.IDLE, false, null, null, null, Figures.NOTHING, List.of(), false);
}
