package dev.germline.app.weights;

import dev.germline.app.weights.RotationReport.State;
import dev.germline.blobstore.keys.MasterKeys;
import dev.germline.blobstore.keys.Rewrapping;
import dev.germline.blobstore.keys.WrappedKey;
import dev.germline.blobstore.keys.WrappedKeys;
import dev.germline.core.GermlineException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wraps all data keys by the first master key of the configuration, in the background. One rotation
 * at a time in this process; several processes do no harm. Thread-safe.
 */
public final class KeyRotation {
  private static final Logger LOG = LoggerFactory.getLogger(KeyRotation.class);
  private static final int MAX_FAILURES = 100;

  private final WrappedKeys stored;
  private final Rewrapping rewrapping;
  private final Clock clock;

  private State state = State.IDLE;
  private @Nullable Long startedAt;
  private @Nullable Long endedAt;
  private long rewrapped;
  private final List<String> failures = new ArrayList<>();
  private long failureCount;
  private @Nullable String current;

  public KeyRotation(WrappedKeys stored, MasterKeys master, Clock clock) {
    this.stored = stored;
    this.rewrapping = new Rewrapping(stored, master);
    this.clock = clock;
  }

  /** Starts a rotation, unless one is running; the report of the one that runs now. */
  public RotationReport start() {
    synchronized (this) {
      if (state != State.RUNNING) {
        state = State.RUNNING;
        startedAt = clock.millis();
        endedAt = null;
        rewrapped = 0;
        failures.clear();
        failureCount = 0;
        Thread.ofPlatform().daemon().name("key-rotation").start(this::run);
      }
    }
    return report();
  }

  /** The rotation that runs, or the last one; what wraps what is looked up now. */
  public RotationReport report() {
    Map<String, Long> wraps = stored.byMasterKey();
    synchronized (this) {
      return new RotationReport(
          state,
          startedAt,
          endedAt,
          rewrapped,
          List.copyOf(failures),
          failureCount,
          wraps,
          state == State.DONE
              && failureCount == 0
              && wraps.keySet().stream().allMatch(name -> name.equals(current)));
    }
  }

  private void run() {
    try {
      String now = rewrapping.run(new Progress());
      synchronized (this) {
        current = now;
      }
    } catch (GermlineException failure) {
      failed("it could not be finished: " + failure.detail());
    } catch (RuntimeException failure) {
      LOG.error("The rotation of the master key failed", failure);
      failed("it could not be finished; the server's log says why");
    } finally {
      synchronized (this) {
        state = State.DONE;
        endedAt = clock.millis();
      }
    }
  }

  private synchronized void failed(String what) {
    failureCount++;
    if (failures.size() < MAX_FAILURES) {
      failures.add(what);
    }
    LOG.warn("Rotation of the master key: {}", what);
  }

  private final class Progress implements Rewrapping.Listener {
    @Override
    public void rewrapped(WrappedKey key) {
      synchronized (KeyRotation.this) {
        rewrapped++;
      }
    }

    @Override
    public void failed(WrappedKey key, GermlineException why) {
      KeyRotation.this.failed(why.detail());
    }
  }
}
