package dev.germline.blobstore.segment;

import dev.germline.blobstore.segment.ReplicaFinding.Condition;
import dev.germline.core.GermlineException;
import dev.germline.core.merkle.Blake3;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads segments back from every replica, hashes them, and repairs what is missing or damaged from
 * a replica that has it whole. Holds one segment in memory, and only while it repairs. For one
 * thread; several processes may scrub at once.
 */
public final class Scrub {
  private static final int AT_ONCE = 100;
  private static final long LONGEST_PAUSE = Duration.ofMillis(500).toNanos();

  private final List<Replica> replicas;
  private final ScrubIndex index;
  private final Clock clock;

  /** What became of a segment. */
  public enum Outcome {
    /** It is whole in every replica, perhaps since now. */
    WHOLE,
    /** A replica has it whole, and another does not answer or cannot be repaired. */
    UNSURE,
    /** No replica has it whole. */
    LOST,
    /** No replica that answers has it whole, and not all answer. */
    UNKNOWN,
    /** It was deleted meanwhile. */
    GONE
  }

  /** Told of each segment. */
  @FunctionalInterface
  public interface Listener {
    /**
     * A segment was looked at.
     *
     * @param findings of the replicas where it is not whole; empty if it is whole everywhere
     */
    void examined(ScrubIndex.Known segment, Outcome outcome, List<ReplicaFinding> findings);
  }

  public Scrub(SegmentStore store, ScrubIndex index, Clock clock) {
    this.replicas = store.all();
    this.index = index;
    this.clock = clock;
  }

  /**
   * Looks at every segment that was not looked at since an instant.
   *
   * @param bytesPerSecond read from all replicas together, at most; 0: as fast as it goes
   * @param goOn asked between segments, and twice a second while it waits
   * @return whether all was looked at
   * @throws GermlineException STORE_UNAVAILABLE when the index does not answer
   */
  public boolean run(Instant before, long bytesPerSecond, BooleanSupplier goOn, Listener listener) {
    Optional<ScrubIndex.Known> after = Optional.empty();
    while (true) {
      List<ScrubIndex.Known> segments = index.notScrubbedSince(before, after, AT_ONCE);
      if (segments.isEmpty()) {
        return true;
      }
      for (ScrubIndex.Known segment : segments) {
        if (!goOn.getAsBoolean()) {
          return false;
        }
        long start = System.nanoTime();
        examine(segment, listener);
        if (!rest(segment.length(), bytesPerSecond, start, goOn)) {
          return false;
        }
      }
      after = Optional.of(segments.getLast());
    }
  }

  /** Waits until the segment has taken as long as it may; false: it is to end. */
  private boolean rest(int length, long bytesPerSecond, long start, BooleanSupplier goOn) {
    long due =
        bytesPerSecond == 0
            ? start
            : start + (long) (1e9 * length * replicas.size() / bytesPerSecond);
    try {
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        if (!goOn.getAsBoolean()) {
          return false;
        }
        Thread.sleep(Duration.ofNanos(Math.min(left, LONGEST_PAUSE)));
      }
      return !Thread.currentThread().isInterrupted();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void examine(ScrubIndex.Known segment, Listener listener) {
    Map<Replica, Condition> wrong = new LinkedHashMap<>();
    @Nullable Replica whole = null;
    for (Replica replica : replicas) {
      Optional<Condition> condition = condition(replica, segment);
      if (condition.isEmpty()) {
        whole = replica;
      } else {
        wrong.put(replica, condition.get());
      }
    }
    if (!wrong.isEmpty() && !index.needed(segment)) {
      listener.examined(segment, Outcome.GONE, List.of());
      return;
    }
    List<ReplicaFinding> findings = new ArrayList<>();
    Optional<byte[]> bytes = whole == null ? Optional.empty() : bytes(whole, segment, wrong);
    wrong.forEach((replica, condition) ->
        findings.add(
            new ReplicaFinding(
                replica.toString(),
                condition,
                bytes.isPresent() && repair(replica, condition, segment, bytes.get()))));
    Outcome outcome = outcome(whole != null, findings);
    if (outcome == Outcome.WHOLE || outcome == Outcome.LOST) {
      index.scrubbed(segment, clock.instant(), outcome == Outcome.LOST);
    }
    listener.examined(segment, outcome, findings);
  }

  private static Outcome outcome(boolean whole, List<ReplicaFinding> findings) {
    if (whole) {
      return findings.stream().allMatch(ReplicaFinding::repaired) ? Outcome.WHOLE : Outcome.UNSURE;
    }
    return findings.stream().anyMatch(finding -> finding.condition() == Condition.UNREACHABLE)
        ? Outcome.UNKNOWN
        : Outcome.LOST;
  }

  /** Empty when the segment is whole. */
  private static Optional<Condition> condition(Replica replica, ScrubIndex.Known segment) {
    try {
      return replica
          .digest(segment.ref().id(), segment.length())
          .map(found ->
              found.equals(segment.ref().id())
                  ? Optional.<Condition>empty()
                  : Optional.of(Condition.DAMAGED))
          .orElse(Optional.of(Condition.MISSING));
    } catch (GermlineException unanswered) {
      return Optional.of(Condition.UNREACHABLE);
    }
  }

  /** The segment for repairs, if any replica can be repaired. */
  private static Optional<byte[]> bytes(
      Replica whole, ScrubIndex.Known segment, Map<Replica, Condition> wrong) {
    if (wrong.values().stream().allMatch(condition -> condition == Condition.UNREACHABLE)) {
      return Optional.empty();
    }
    int length = segment.length();
    try {
      byte[] bytes = new byte[length];
      return whole.read(segment.ref().id(), 0, length, length, true, bytes, 0).isPresent()
              && Blake3.hash(bytes).equals(segment.ref().id())
          ? Optional.of(bytes)
          : Optional.empty();
    } catch (GermlineException unanswered) {
      return Optional.empty();
    }
  }

  private static boolean repair(
      Replica replica, Condition condition, ScrubIndex.Known segment, byte[] bytes) {
    if (condition == Condition.UNREACHABLE) {
      return false;
    }
    try {
      replica.put(segment.ref().id(), bytes, bytes.length);
      return condition(replica, segment).isEmpty();
    } catch (GermlineException refused) {
      return false;
    }
  }
}
