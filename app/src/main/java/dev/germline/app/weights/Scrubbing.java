package dev.germline.app.weights;

import dev.germline.app.config.ScrubSettings;
import dev.germline.app.sql.Database;
import dev.germline.app.weights.ScrubReport.Finding;
import dev.germline.app.weights.ScrubReport.Lost;
import dev.germline.app.weights.ScrubReport.State;
import dev.germline.blobstore.segment.ReplicaFinding;
import dev.germline.blobstore.segment.Scrub;
import dev.germline.blobstore.segment.ScrubIndex;
import dev.germline.blobstore.segment.SegmentStore;
import dev.germline.core.GermlineException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scrubs stored weights: in the background what is due, at a pace, and on demand all of it. One at
 * a time in this process; the background gives way. Thread-safe.
 */
public final class Scrubbing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Scrubbing.class);
  private static final int MAX_FINDINGS = 1_000;
  private static final int MAX_LOST = 20;

  private final StoredSegments segments;
  private final LostFiles lostFiles;
  private final Scrub scrub;
  private final ScrubSettings settings;
  private final Clock clock;
  private final ReentrantLock working = new ReentrantLock();
  private volatile boolean demanded;
  private volatile boolean closed;

  private State state = State.IDLE;
  private @Nullable Long startedAt;
  private @Nullable Long endedAt;
  private @Nullable String problem;
  private Tally tally = new Tally();

  /** What a scrub came upon; guarded by this scrubbing. */
  private static final class Tally {
    private StoredSegments.Due due = new StoredSegments.Due(0, 0);
    private long segments;
    private long bytes;
    private long missing;
    private long damaged;
    private long unreachable;
    private long repaired;
    private long findingCount;
    private final List<Finding> findings = new ArrayList<>();
  }

  public Scrubbing(SegmentStore store, Database database, ScrubSettings settings, Clock clock) {
    this.segments = new StoredSegments(database);
    this.lostFiles = new LostFiles(database);
    this.scrub = new Scrub(store, segments, clock);
    this.settings = settings;
    this.clock = clock;
  }

  /** Starts a scrub of everything, unless one is running; the report of the one that runs now. */
  public ScrubReport start() {
    synchronized (this) {
      if (state != State.RUNNING) {
        state = State.RUNNING;
        startedAt = clock.millis();
        endedAt = null;
        problem = null;
        tally = new Tally();
        demanded = true;
        Thread.ofPlatform().daemon().name("scrub").start(this::everything);
      }
    }
    return report();
  }

  private void everything() {
    working.lock();
    try {
      Instant now = clock.instant();
      StoredSegments.Due due = segments.due(now);
      synchronized (this) {
        tally.due = due;
      }
      if (!scrub.run(now, 0, () -> !closed, this::tell)) {
        ended("the server stopped before it was done");
      }
    } catch (GermlineException failure) {
      ended("it could not be finished: " + failure.detail());
    } catch (RuntimeException failure) {
      LOG.error("The scrub failed", failure);
      ended("it could not be finished; the server's log says why");
    } finally {
      demanded = false;
      working.unlock();
      synchronized (this) {
        state = State.DONE;
        endedAt = clock.millis();
      }
    }
  }

  private synchronized void ended(String why) {
    problem = why;
  }

  /** Scrubs what is due, at the background's pace; ends at once if another scrub runs. */
  void background() {
    if (settings.bytesPerSecond() == 0 || !working.tryLock()) {
      return;
    }
    try {
      scrub.run(
          clock.instant().minus(settings.interval()),
          settings.bytesPerSecond(),
          () -> !demanded && !closed,
          Scrubbing::log);
    } finally {
      working.unlock();
    }
  }

  private synchronized void tell(
      ScrubIndex.Known segment, Scrub.Outcome outcome, List<ReplicaFinding> found) {
    log(segment, outcome, found);
    tally.segments++;
    tally.bytes += segment.length();
    for (ReplicaFinding finding : found) {
      switch (finding.condition()) {
        case MISSING -> tally.missing++;
        case DAMAGED -> tally.damaged++;
        case UNREACHABLE -> tally.unreachable++;
      }
      tally.repaired += finding.repaired() ? 1 : 0;
      tally.findingCount++;
      if (tally.findings.size() < MAX_FINDINGS) {
        tally.findings.add(
            new Finding(
                segment.ref().id().toHex(),
                finding.replica(),
                finding.condition().name(),
                finding.repaired()));
      }
    }
  }

  private static void log(
      ScrubIndex.Known segment, Scrub.Outcome outcome, List<ReplicaFinding> found) {
    for (ReplicaFinding finding : found) {
      LOG.warn(
          "scrub: segment {} is {} in {}{}",
          segment.ref().id(),
          finding.condition(),
          finding.replica(),
          finding.repaired() ? ", and repaired now" : "");
    }
    if (outcome == Scrub.Outcome.LOST) {
      LOG.error("scrub: no replica has segment {} whole", segment.ref().id());
    }
  }

  /** The scrub on demand that runs, or the last one; what is lost is looked up now. */
  public ScrubReport report() {
    long lostSegments = segments.countLost();
    List<Lost> lost =
        lostSegments == 0
            ? List.of()
            : segments.lost(MAX_LOST).stream()
                .map(segment -> new Lost(segment.ref().id().toHex(), lostFiles.of(segment)))
                .toList();
    synchronized (this) {
      return new ScrubReport(
          state,
          startedAt,
          endedAt,
          tally.due.segments(),
          tally.due.bytes(),
          tally.segments,
          tally.bytes,
          tally.missing,
          tally.damaged,
          tally.unreachable,
          tally.repaired,
          List.copyOf(tally.findings),
          tally.findingCount,
          problem,
          lostSegments,
          lost,
          state == State.DONE
              && problem == null
              && lostSegments == 0
              && tally.findingCount == tally.repaired);
    }
  }

  /** The scrub that runs ends with the segment it is at. */
  @Override
  public void close() {
    closed = true;
  }
}
