package dev.germline.embedded.stores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the ahead-of-time caches that are missing, once per build: each program runs a second time,
 * at the lowest priority, starts, answers a few requests and ends, writing its cache. Nothing
 * depends on it; without a cache a program only starts more slowly.
 */
public final class Training implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofMinutes(2);
  private static final Duration LONGEST_WRITE = Duration.ofMinutes(3);
  private static final Duration POLL = Duration.ofMillis(200);

  private final List<Trainee> trainees;
  private @Nullable Child student;
  private boolean closed;

  Training(List<Trainee> trainees) {
    this.trainees = trainees;
  }

  void begin() {
    Thread.ofPlatform().daemon().name("germline-training").start(this::run);
  }

  /** Gives up; what was written so far goes away. */
  @Override
  public synchronized void close() {
    closed = true;
    if (student != null) {
      student.killTree();
    }
  }

  private void run() {
    for (Trainee trainee : trainees) {
      try {
        Path cache = AotCache.of(trainee.program());
        if (!Files.exists(cache)) {
          train(trainee, cache, cache.resolveSibling(cache.getFileName() + ".new"));
        }
      } catch (IOException e) {
        // Only a slower start, and the next one tries again.
      }
    }
  }

  private void train(Trainee trainee, Path cache, Path fresh) throws IOException {
    Child running;
    synchronized (this) {
      if (closed) {
        return;
      }
      trainee.tidy(); // an earlier training may have been cut off
      running = trainee.startTraining(fresh);
      student = running;
    }
    try {
      if (awaitReady(trainee, running)) {
        trainee.exercise();
        running.terminate();
        if (running.await(LONGEST_WRITE)) {
          keep(cache, fresh);
        }
      }
    } finally {
      running.killTree();
      Files.deleteIfExists(fresh);
      Files.deleteIfExists(fresh.resolveSibling(fresh.getFileName() + ".config")); // the JVM's own
      trainee.tidy();
    }
  }

  private static boolean awaitReady(Trainee trainee, Child running) {
    long end = System.nanoTime() + LONGEST_START.toNanos();
    while (System.nanoTime() < end && running.alive()) {
      if (trainee.ready()) {
        return true;
      }
      running.await(POLL);
    }
    return false;
  }

  private synchronized void keep(Path cache, Path fresh) throws IOException {
    if (!closed && Files.exists(fresh) && Files.size(fresh) > 0) {
      Files.move(fresh, cache, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      for (Path old : AotCache.others(cache)) {
        Files.deleteIfExists(old);
      }
    }
  }
}
