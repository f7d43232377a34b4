package dev.germline.graph.projection;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Driver;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.RetryableException;

/**
 * Keeps the graph up to date with the ledger: every diff once, in order. A thread of its own; all
 * methods are safe to call from any thread and none but {@link #rebuild} touches Neo4j.
 *
 * <p>Any number of projectors, in any number of processes, may work on one Neo4j: the position node
 * is locked first in every transaction and says what has been applied, so a diff that another one
 * applied is passed over, and a process that dies between any two statements leaves nothing
 * half-done.
 */
public final class Projector implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Projector.class.getName());
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);

  /** Failures in a row that the driver calls worth repeating, before the status says DOWN. */
  private static final int PASSING = 3;

  private enum Trouble {
    PASSING,
    DOWN,
    DIVERGED
  }

  private final Driver driver;
  private final Projection projection;
  private final ProjectorSettings settings;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Position applied = Position.START;
  private long head;
  private long wakes;
  private long rebuilds;
  private boolean down;
  private boolean diverged;
  private boolean closed;
  private long stepStarted = System.nanoTime();
  private boolean stepping;
  private @Nullable String lastError;

  private Projector(Driver driver, LedgerFeed feed, ProjectorSettings settings) {
    this.driver = driver;
    this.settings = settings;
    this.projection = new Projection(driver, feed, settings);
    this.thread = Thread.ofPlatform().name("germline-projector").daemon().unstarted(this::run);
  }

  /**
   * A running projector. Returns at once, also while Neo4j is down; the driver stays the caller's.
   */
  public static Projector start(Driver driver, LedgerFeed feed, ProjectorSettings settings) {
    Projector projector = new Projector(driver, feed, settings);
    projector.thread.start();
    return projector;
  }

  /** Says that the ledger has reached this sequence. Cheap; to be called after every commit. */
  public void wake(long headSequence) {
    lock.lock();
    try {
      head = Math.max(head, headSequence);
      wakes++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the graph shows the diff with this sequence.
   *
   * @return whether it does; false at once if that cannot be expected (DOWN, DIVERGED, CLOSED), and
   *     false if the thread is interrupted, which it then still is
   */
  public boolean awaitVisible(long sequence, Duration max) {
    lock.lock();
    try {
      long nanos = max.toNanos();
      while (applied.sequence() < sequence) {
        switch (state()) {
          case DOWN, DIVERGED, CLOSED -> {
            return false;
          }
          case RUNNING, BEHIND -> {
            if (nanos <= 0) {
              return false;
            }
          }
        }
        nanos = changed.awaitNanos(nanos);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** How things stand now. */
  public ProjectorStatus status() {
    lock.lock();
    try {
      ProjectorStatus.State state = state();
      String error = lastError;
      if (state == ProjectorStatus.State.DOWN && !down) {
        error =
            "no answer for " + Duration.ofNanos(System.nanoTime() - stepStarted).toSeconds() + " s";
      }
      return new ProjectorStatus(state, applied.sequence(), head, Optional.ofNullable(error));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Drops what the graph holds and makes it again from the ledger, in the background; wait for it
   * with {@link #awaitVisible}.
   *
   * @throws Neo4jException if Neo4j does not answer
   */
  public void rebuild() {
    GraphRebuild.request(driver);
    lock.lock();
    try {
      head = Math.max(head, applied.sequence());
      applied = Position.START;
      rebuilds++;
      diverged = false;
      wakes++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Stops within ten seconds. A transaction under way is given up and leaves nothing behind. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    thread.interrupt();
    try {
      thread.join(CLOSE_WAIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    Duration pause = settings.firstRetry();
    boolean prepared = false;
    int inARow = 0;
    while (!isClosed()) {
      Seen seen = beginStep();
      try {
        if (!prepared) {
          reached(projection.prepare(), seen.rebuilds());
          prepared = true;
        }
        boolean more = step();
        endStep();
        inARow = 0;
        pause = settings.firstRetry();
        if (!more) {
          await(settings.poll(), seen.wakes());
        }
      } catch (Diverged e) {
        failed(e, Trouble.DIVERGED, seen);
        prepared = false;
        await(settings.lastRetry(), seen.wakes());
      } catch (RuntimeException e) {
        if (!isClosed()) {
          boolean passing = e instanceof RetryableException && ++inARow < PASSING;
          failed(e, passing ? Trouble.PASSING : Trouble.DOWN, seen);
          prepared = false;
          await(pause, Long.MAX_VALUE); // a wake does not shorten it: every commit would retry
          pause = min(pause.multipliedBy(2), settings.lastRetry());
        }
      }
    }
  }

  /** Returns whether there may be more to do at once. */
  private boolean step() {
    Place place = place();
    Position from = place.applied();
    List<CommittedDiff> diffs = projection.next(from);
    if (diffs.isEmpty()) {
      Position there = projection.observe();
      reached(there, place.rebuilds());
      return there.sequence() < from.sequence(); // it was rebuilt
    }
    sawHead(diffs.getLast().sequence());
    reached(projection.apply(from, diffs), place.rebuilds());
    return true;
  }

  private ProjectorStatus.State state() {
    if (closed) {
      return ProjectorStatus.State.CLOSED;
    }
    if (diverged) {
      return ProjectorStatus.State.DIVERGED;
    }
    boolean stalled = stepping && System.nanoTime() - stepStarted > settings.stall().toNanos();
    if (down || stalled) {
      return ProjectorStatus.State.DOWN;
    }
    return applied.sequence() < head ? ProjectorStatus.State.BEHIND : ProjectorStatus.State.RUNNING;
  }

  /**
   * How far the graph is.
   *
   * @param rebuilds how often it was to be made anew until then
   */
  private record Place(Position applied, long rebuilds) {}

  private Place place() {
    lock.lock();
    try {
      return new Place(applied, rebuilds);
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** What had been asked of this projector when a step began. */
  private record Seen(long wakes, long rebuilds) {}

  private Seen beginStep() {
    lock.lock();
    try {
      stepStarted = System.nanoTime();
      stepping = true;
      return new Seen(wakes, rebuilds);
    } finally {
      lock.unlock();
    }
  }

  private void endStep() {
    lock.lock();
    try {
      if (down || diverged) {
        LOG.log(
            Level.INFO,
            "The graph is being projected again, from sequence {0}",
            applied.sequence());
      }
      stepping = false;
      down = false;
      diverged = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void sawHead(long sequence) {
    lock.lock();
    try {
      head = Math.max(head, sequence);
    } finally {
      lock.unlock();
    }
  }

  /** What was seen before a rebuild was asked for no longer counts. */
  private void reached(Position position, long knownRebuilds) {
    lock.lock();
    try {
      if (knownRebuilds == rebuilds) {
        applied = position;
      }
      head = Math.max(head, position.sequence());
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void failed(RuntimeException e, Trouble trouble, Seen seen) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    lock.lock();
    try {
      if (rebuilds != seen.rebuilds()) {
        return; // the graph that was looked at is on its way out, with whatever was wrong with it
      }
      boolean news =
          switch (trouble) {
            case PASSING -> false;
            case DOWN -> !down || !message.equals(lastError);
            case DIVERGED -> !diverged;
          };
      if (news) {
        LOG.log(
            Level.WARNING,
            "The graph cannot be projected: " + message,
            trouble == Trouble.DOWN ? e : null);
      }
      stepping = false;
      down = trouble == Trouble.DOWN || (down && trouble == Trouble.PASSING);
      diverged = trouble == Trouble.DIVERGED;
      lastError = message;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until closed, until woken more often than {@code seen}, or for so long. */
  private void await(Duration max, long seen) {
    lock.lock();
    try {
      long nanos = max.toNanos();
      while (!closed && wakes <= seen && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      // close() interrupts; the loop ends by its flag.
    } finally {
      lock.unlock();
    }
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
