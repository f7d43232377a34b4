package dev.germline.embedded.stores;

import dev.germline.embedded.stores.Trouble.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The running parts of one data directory. Nothing restarts by itself here: tests kill and restart
 * parts as they please, the launcher's supervisor watches {@link #ended}. Thread-safe. Children
 * also end when this process does, however it does.
 */
public final class Stores implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofMinutes(3);
  private static final Duration POLL = Duration.ofMillis(40);

  private final DataDir dir;
  private final Servers servers;
  private final Map<Part, Running> running = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** A part that answers. */
  public record Ready(Part part, URI address, Duration took) {}

  private record Running(Child child, long logFrom) {}

  private Stores(DataDir dir, Settings settings) throws IOException {
    this.dir = dir;
    this.servers = Servers.choose(dir, settings);
  }

  /** As {@link #start(Settings, Consumer)} without an audience. */
  public static Stores start(Settings settings) {
    return start(settings, ready -> {});
  }

  /**
   * Starts the stores side by side, then the app, and returns when all answer. If one cannot start,
   * the others are stopped again.
   *
   * @param audience told of each part as it becomes ready, on several threads
   * @throws Trouble any kind
   */
  public static Stores start(Settings settings, Consumer<Ready> audience) {
    Stores stores = prepare(settings);
    try {
      stores.startAll(audience);
      return stores;
    } catch (RuntimeException | Error e) {
      stores.close();
      throw e;
    }
  }

  /** Takes the data directory and chooses ports, but starts nothing yet. */
  public static Stores prepare(Settings settings) {
    DataDir dir = DataDir.open(settings.dataDir());
    try {
      Leftovers.end(dir);
      dir.prepare();
      return new Stores(dir, settings);
    } catch (IOException e) {
      dir.close();
      throw DataDir.explain(settings.dataDir(), e);
    } catch (RuntimeException | Error e) {
      dir.close();
      throw e;
    }
  }

  /** Starts everything that {@link #prepare} prepared; see {@link #start}. */
  public void startAll(Consumer<Ready> audience) {
    AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Part part : servers.parts()) {
        if (part != Part.APP) {
          threads.execute(() -> start(part, audience, failure));
        }
      }
    }
    if (failure.get() == null && servers.parts().contains(Part.APP)) {
      start(Part.APP, audience, failure);
    }
    RuntimeException why = failure.get();
    if (why != null) {
      throw why;
    }
  }

  private void start(
      Part part, Consumer<Ready> audience, AtomicReference<@Nullable RuntimeException> failure) {
    try {
      audience.accept(restart(part));
    } catch (RuntimeException e) {
      // The first failure is the cause; it ends the waiting of the other parts.
      if (failure.compareAndSet(null, e)) {
        stopAll();
      }
    }
  }

  /** Ports that are not where people would look, one line each. */
  public List<String> notes() {
    return servers.notes();
  }

  public DataDir dataDir() {
    return dir;
  }

  public Set<Part> parts() {
    return servers.parts();
  }

  /** Where the part is or will be reached. */
  public URI address(Part part) {
    return servers.of(part).address();
  }

  public MysqlEndpoint mysql() {
    return servers.mysql();
  }

  public Neo4jEndpoint neo4j() {
    return servers.neo4j();
  }

  /** Neo4j for people: a user who only reads. */
  public Neo4jEndpoint neo4jReader() {
    return servers.neo4jReader();
  }

  public S3Endpoint s3() {
    return servers.s3();
  }

  /** The process of a part that was started. */
  public ProcessHandle process(Part part) {
    return child(part).handle();
  }

  /** Completes with the exit code when the current process of {@code part} ends, for any reason. */
  public CompletableFuture<Integer> ended(Part part) {
    return child(part).ended();
  }

  /** SIGKILL to one part; returns when it is gone. Its data survive. */
  public void kill(Part part) {
    child(part).kill();
  }

  /** SIGTERM to one part, SIGKILL after its grace; returns when it is gone. */
  public void stop(Part part) {
    child(part).stop(servers.of(part).grace());
  }

  /**
   * Starts one part on the same port and data, stopping it first if it runs, and waits until it
   * answers.
   *
   * @throws Trouble any kind
   */
  public Ready restart(Part part) {
    Server server = servers.of(part);
    Running before = running.get(part);
    if (before != null) {
      before.child().stop(server.grace());
    }
    long start = System.nanoTime();
    Path log = dir.log(part);
    Child child;
    long logFrom;
    try {
      dir.rotate(part);
      logFrom = Files.exists(log) ? Files.size(log) : 0;
      child = server.start();
      running.put(part, new Running(child, logFrom));
      if (closed) {
        child.kill(); // close() may have looked before this child was on its list
      }
    } catch (IOException e) {
      throw DataDir.explain(dir.root(), e);
    }
    try {
      Leftovers.record(dir, running.values().stream().map(r -> r.child().handle()).toList());
    } catch (IOException e) {
      child.kill(); // nobody would find it if we were killed
      throw DataDir.explain(dir.root(), e);
    }
    awaitReady(server, child, log, logFrom);
    return new Ready(part, server.address(), Duration.ofNanos(System.nanoTime() - start));
  }

  /** Why a part that nobody stopped ended, as its exit code and its log tell it. */
  public Trouble explain(Part part, int exitCode) {
    Running last = running.get(part);
    long from = last == null ? 0 : last.logFrom();
    if (exitCode > 128) { // how a POSIX shell and Java tell of a signal
      return new Trouble(
          Kind.PART_FAILED,
          "%s was ended by signal %d (see %s)"
              .formatted(part.title(), exitCode - 128, dir.log(part)));
    }
    return LogTail.trouble(part, dir.log(part), from, "ended by itself with exit code " + exitCode);
  }

  /**
   * Makes the missing ahead-of-time caches of the app and of Neo4j in the background. The app
   * learns as a second app on these stores, Neo4j on an empty folder of its own.
   */
  public Training train() {
    try {
      Training training = new Training(servers.trainees());
      training.begin();
      return training;
    } catch (IOException e) {
      throw DataDir.explain(dir.root(), e);
    }
  }

  /** Stops the app, then the stores side by side, and gives up the data directory. */
  @Override
  public void close() {
    closed = true;
    stopAll();
    dir.close();
  }

  private void stopAll() {
    if (running.containsKey(Part.APP)) {
      stop(Part.APP);
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      running.keySet().forEach(part -> threads.execute(() -> stop(part)));
    }
  }

  private void awaitReady(Server server, Child child, Path log, long logFrom) {
    long end = System.nanoTime() + LONGEST_START.toNanos();
    while (true) {
      // In this order: an answer counts only if our child was alive to give it.
      boolean answers = server.ready();
      boolean alive = child.alive();
      if (alive && answers) {
        return;
      }
      Optional<Trouble> hopeless = closed ? Optional.empty() : server.hopeless();
      if (hopeless.isPresent()) {
        child.kill();
        throw hopeless.get();
      }
      if (!alive) {
        throw LogTail.trouble(
            server.part(), log, logFrom, closed ? "was stopped" : "did not start");
      }
      if (System.nanoTime() > end) {
        child.kill();
        throw LogTail.trouble(
            server.part(),
            log,
            logFrom,
            "did not answer within " + LONGEST_START.toSeconds() + " s");
      }
      child.await(POLL);
    }
  }

  private Child child(Part part) {
    Running current = running.get(part);
    if (current == null) {
      throw new Trouble(Kind.PART_FAILED, part.title() + " was not started");
    }
    return current.child();
  }
}
