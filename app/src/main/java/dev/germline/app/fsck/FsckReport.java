package dev.germline.app.fsck;

import io.micronaut.core.annotation.Nullable;
import java.util.List;

/**
 * One check of all stores, under way or done.
 *
 * @param startedAt milliseconds since 1970-01-01 UTC; null while IDLE
 * @param endedAt null until DONE
 * @param phase what is being checked; null unless RUNNING
 * @param checked how much was checked
 * @param findings the first ones
 * @param findingCount all of them
 * @param clean whether it is done and found nothing
 */
public record FsckReport(
    State state,
    @Nullable Long startedAt,
    @Nullable Long endedAt,
    @Nullable String phase,
    Checked checked,
    List<Finding> findings,
    long findingCount,
    boolean clean) {

  /** How far the check is. */
  public enum State {
    IDLE,
    RUNNING,
    DONE
  }

  /**
   * How much was checked.
   *
   * @param sequence the end of the chain that was checked
   * @param records state roots recomputed and signatures verified
   * @param entities entities compared with the signed state
   * @param graphNodes nodes of Neo4j compared
   * @param graphRelations relations of Neo4j compared
   */
  public record Checked(
      long sequence, long records, long entities, long graphNodes, long graphRelations) {
    static final Checked NOTHING = new Checked(0, 0, 0, 0, 0);
  }

  /**
   * One thing that is wrong.
   *
   * @param store ledger (MySQL and the contents it names) or neo4j
   * @param subject what it is about
   */
  public record Finding(String store, String subject, String what) {}

  static final FsckReport IDLE =
      new FsckReport(State.IDLE, null, null, null, Checked.NOTHING, List.of(), 0, false);
}
