package dev.germline.embedded.stores;

import dev.germline.embedded.stores.Trouble.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
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
  private final Settings settings;
  private final Map<Part, Server> servers = new EnumMap<>(Part.class);
  private final Map<Part, Running> running = new ConcurrentHashMap<>();
  private final List<String> notes;
  private volatile boolean closed;

  /** A part that answers. */
  public record Ready(Part part, URI address, Duration took) {}

  private record Running(Child child, long logFrom) {}

  private Stores(DataDir dir, Settings settings) throws IOException {
    this.dir = dir;
    this.settings = settings;
    Ports ports = new Ports(dir.ports());
    Dist dist = settings.dist();
    Set<Part> parts = settings.parts();
    boolean customary = settings.customaryPorts();
    if (parts.contains(Part.NEO4J)) {
      int http = ports.choose("Neo4j Browser", 0, customary ? 7474 : 0);
      int bolt = ports.choose("Bolt", 0, customary ? 7687 : 0);
      servers.put(Part.NEO4J, neo4j(dir.home(Part.NEO4J), dir.log(Part.NEO4J), http, bolt));
    }
    if (parts.contains(Part.MARIADB)) {
      servers.put(
          Part.MARIADB, new MariaDbServer(dir, dist.mariadb(), ports.choose("MariaDB", 0, 0)));
    }
    if (parts.contains(Part.S3)) {
      int port = ports.choose("S3", 0, 0);
      servers.put(Part.S3, new S3Server(dir, dist.s3proxyLib(), port, settings.s3HeapMiB()));
    }
    if (parts.contains(Part.APP)) {
      int port = ports.choose("Germline", settings.httpPort(), customary ? 8080 : 0);
      servers.put(Part.APP, app(port, settings.appEnvironment()));
    }
    dir.ports(ports.chosen());
    this.notes = ports.notes();
  }

  private Neo4jServer neo4j(Path home, Path log, int http, int bolt) {
    String password = dir.secrets().neo4jPassword();
    return new Neo4jServer(
        home, log, password, settings.dist().neo4j(), http, bolt, settings.neo4jHeapMiB());
  }

  private AppServer app(int port, Map<String, String> environment) {
    Path jar = settings.dist().appJar();
    return new AppServer(dir, jar, port, settings.appJvm(), mysql(), neo4j(), s3(), environment);
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
      for (Part part : servers.keySet()) {
        if (part != Part.APP) {
          threads.execute(() -> start(part, audience, failure));
        }
      }
    }
    if (failure.get() == null && servers.containsKey(Part.APP)) {
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
    return notes;
  }

  public DataDir dataDir() {
    return dir;
  }

  public Set<Part> parts() {
    return Set.copyOf(servers.keySet());
  }

  /** Where the part is or will be reached. */
  public URI address(Part part) {
    return server(part).address();
  }

  public MysqlEndpoint mysql() {
    return ((MariaDbServer) server(Part.MARIADB)).endpoint();
  }

  public Neo4jEndpoint neo4j() {
    return ((Neo4jServer) server(Part.NEO4J)).endpoint();
  }

  public S3Endpoint s3() {
    return ((S3Server) server(Part.S3)).endpoint();
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
    child(part).stop(server(part).grace());
  }

  /**
   * Starts one part on the same port and data, stopping it first if it runs, and waits until it
   * answers.
   *
   * @throws Trouble any kind
   */
  public Ready restart(Part part) {
    Server server = server(part);
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
      Leftovers.record(dir, running.values().stream().map(r -> r.child().handle()).toList());
    } catch (IOException e) {
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
    Ports ports = new Ports(Map.of());
    List<Trainee> trainees = new ArrayList<>();
    if (servers.containsKey(Part.APP)) {
      Map<String, String> environment = new HashMap<>(settings.appEnvironment());
      // The real app's token stays the one that the CLI reads.
      environment.put(AppServer.TOKEN_FILE, dir.run("training.token").toString());
      trainees.add(app(ports.choose("app", 0, 0), environment));
    }
    if (servers.containsKey(Part.NEO4J)) {
      Path home = dir.run("neo4j-training");
      int http = ports.choose("http", 0, 0);
      trainees.add(neo4j(home, home.resolve("out.log"), http, ports.choose("bolt", 0, 0)));
    }
    Training training = new Training(trainees);
    training.begin();
    return training;
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
      if (!child.alive()) {
        throw LogTail.trouble(
            server.part(), log, logFrom, closed ? "was stopped" : "did not start");
      }
      if (answers) {
        return;
      }
      Optional<Trouble> hopeless = server.hopeless();
      if (hopeless.isPresent()) {
        child.kill();
        throw hopeless.get();
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

  private Server server(Part part) {
    Server server = servers.get(part);
    if (server == null) {
      throw new IllegalArgumentException(part + " is not among the parts " + servers.keySet());
    }
    return server;
  }

  private Child child(Part part) {
    Running current = running.get(part);
    if (current == null) {
      throw new Trouble(Kind.PART_FAILED, part.title() + " was not started");
    }
    return current.child();
  }
}
