package dev.germline.graph.projection;

import java.time.Duration;

/**
 * How a projector works.
 *
 * @param maxDiffs diffs of one transaction, from 1
 * @param maxChanges entities put or removed in one transaction, from 1, and fewer where Neo4j is
 *     slow; a single larger diff still is one transaction, as half of it must never be seen
 * @param poll how often to look for diffs without being woken (other processes commit too)
 * @param firstRetry pause after a first failure; doubled after each further one
 * @param lastRetry the longest pause
 * @param transactionTimeout after which Neo4j gives up a transaction whose process is gone
 * @param stall how long a transaction may take before the status is DOWN; those of several diffs
 *     are kept well below
 */
public record ProjectorSettings(
    int maxDiffs,
    int maxChanges,
    Duration poll,
    Duration firstRetry,
    Duration lastRetry,
    Duration transactionTimeout,
    Duration stall) {
  /** Fit for one machine and for many. */
  public static final ProjectorSettings DEFAULT =
      new ProjectorSettings(
          1_000,
          20_000,
          Duration.ofMillis(500),
          Duration.ofMillis(100),
          Duration.ofSeconds(5),
          Duration.ofMinutes(2),
          Duration.ofSeconds(15));

  public ProjectorSettings {
    if (maxDiffs < 1 || maxChanges < 1) {
      throw new IllegalArgumentException(
          "maxDiffs and maxChanges are at least 1, not " + maxDiffs + " and " + maxChanges);
    }
    for (Duration d : new Duration[] {poll, firstRetry, lastRetry, transactionTimeout, stall}) {
      if (!d.isPositive()) {
        throw new IllegalArgumentException("a duration of the projector is positive, not " + d);
      }
    }
  }
}
