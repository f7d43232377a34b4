package dev.germline.embedded.stores;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the app's ahead-of-time cache, once per build of the app: a second app on the same stores,
 * at the lowest priority, that starts, answers a few requests and ends, writing the cache. Nothing
 * depends on it; without a cache the app only starts more slowly.
 */
public final class Training implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofMinutes(2);
  private static final Duration LONGEST_WRITE = Duration.ofMinutes(3);
  private static final Duration POLL = Duration.ofMillis(200);

  /** What a first user does: the classes behind it are worth having ready. */
  private static final List<String> VISITS =
      List.of("/health", "/api/v1/layers", "/api/v1/ledger/head", "/swagger-ui/", "/nowhere");

  private final AppServer app;
  private final Path cache;
  private final Path fresh;
  private @Nullable Child child;
  private boolean closed;

  Training(AppServer app, Path cache) {
    this.app = app;
    this.cache = cache;
    this.fresh = cache.resolveSibling(cache.getFileName() + ".new");
  }

  void begin() {
    Thread.ofPlatform().daemon().name("germline-training").start(this::run);
  }

  /** Gives up; what was written so far goes away. */
  @Override
  public synchronized void close() {
    closed = true;
    if (child != null) {
      child.killTree();
    }
  }

  private void run() {
    try {
      Child student;
      synchronized (this) {
        if (closed) {
          return;
        }
        student = app.startTraining(fresh);
        child = student;
      }
      try {
        if (awaitReady(student)) {
          VISITS.forEach(this::visit);
          student.terminate();
          if (student.await(LONGEST_WRITE)) {
            keep();
          }
        }
      } finally {
        student.killTree();
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      // The next start of the set tries again.
    }
  }

  private boolean awaitReady(Child student) {
    long end = System.nanoTime() + LONGEST_START.toNanos();
    while (System.nanoTime() < end && student.alive()) {
      if (app.ready()) {
        return true;
      }
      student.await(POLL);
    }
    return false;
  }

  private void visit(String path) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) app.address().resolve(path).toURL().openConnection();
      connection.setConnectTimeout(1_000);
      connection.setReadTimeout(20_000);
      connection.getResponseCode();
      connection.disconnect();
    } catch (IOException e) {
      // Only the visit counts, not the answer.
    }
  }

  private synchronized void keep() throws IOException {
    if (!closed && Files.exists(fresh) && Files.size(fresh) > 0) {
      Files.move(fresh, cache, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      for (Path old : AotCache.others(app.jar(), cache)) {
        Files.deleteIfExists(old);
      }
    }
  }
}
