package dev.germline.testing;

import dev.germline.embedded.stores.Dist;
import dev.germline.embedded.stores.Json;
import dev.germline.embedded.stores.Recorded;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds or starts the keepers of this build. There are two sets of them, so that two test JVMs can
 * run side by side; each has a set for itself, since it wipes what it uses.
 */
final class Keepers {
  private static final Duration LONGEST_START = Duration.ofMinutes(6);
  private static final int SETS = 2;

  private final ProcessHandle build;
  private final Path dir;
  private final Path root;
  private final Map<Store, Kept> known = new EnumMap<>(Store.class);

  /** Held until this JVM ends. */
  @SuppressWarnings("unused")
  private final FileLock turn;

  private Keepers(ProcessHandle build, Path root, Path dir, FileLock turn) {
    this.build = build;
    this.root = root;
    this.dir = dir;
    this.turn = turn;
  }

  static Keepers ofThisBuild() {
    ProcessHandle build = maven(ProcessHandle.current()).orElse(ProcessHandle.current());
    Path root = Dist.locate().root();
    Path sets = root.resolve("target/test-stores/" + build.pid());
    try {
      for (int set = 1; set < SETS; set++) {
        Path dir = sets.resolve(Integer.toString(set));
        FileLock turn = turn(dir).tryLock();
        if (turn != null) {
          return new Keepers(build, root, dir, turn);
        }
      }
      Path last = sets.resolve(Integer.toString(SETS));
      return new Keepers(build, root, last, turn(last).lock()); // waits for its turn
    } catch (IOException e) {
      throw new IllegalStateException("cannot use " + sets, e);
    }
  }

  private static FileChannel turn(Path dir) throws IOException {
    Files.createDirectories(dir);
    return FileChannel.open(
        dir.resolve("turn"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /** The store, started now if nobody asked before. */
  synchronized Kept get(Store store) {
    return known.computeIfAbsent(
        store,
        wanted -> {
          try {
            return find(wanted);
          } catch (IOException e) {
            throw new IllegalStateException("no " + wanted.word() + " for tests", e);
          }
        });
  }

  /** What this JVM asked for so far. */
  synchronized Map<Store, Kept> known() {
    return Map.copyOf(known);
  }

  private Kept find(Store store) throws IOException {
    Path announcement = Keeper.announcement(dir, store);
    Optional<Kept> running = read(announcement);
    if (running.isPresent()) {
      return running.get();
    }
    Files.deleteIfExists(announcement);
    Process keeper = start(store);
    long end = System.nanoTime() + LONGEST_START.toNanos();
    while (true) {
      Optional<Kept> kept = read(announcement);
      if (kept.isPresent()) {
        return kept.get();
      }
      if (!keeper.isAlive() || System.nanoTime() > end) {
        keeper.destroyForcibly();
        throw new IOException(
            "the keeper of " + store.word() + " failed, see " + Keeper.log(dir, store));
      }
      try {
        keeper.waitFor(25, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while waiting for " + store.word(), e);
      }
    }
  }

  /** An announcement counts while its keeper lives; a refusal counts for the whole build. */
  private static Optional<Kept> read(Path announcement) throws IOException {
    return Json.read(announcement, Kept.class)
        .filter(kept -> kept.refusal() != null || kept.keeper().process().isPresent());
  }

  private Process start(Store store) throws IOException {
    Path jar = root.resolve("testing/target/dist/testing/germline-testing.jar");
    if (!Files.exists(jar)) {
      throw new IOException(jar + " is missing: run ./mvnw -DskipTests package");
    }
    Recorded watched = Recorded.of(build);
    List<String> command = new ArrayList<>();
    Path setsid = Path.of("/usr/bin/setsid");
    if (Files.isExecutable(setsid)) {
      command.add(setsid.toString()); // Ctrl-C on the build reaches the keeper as the build's end
    }
    command.addAll(
        List.of(
            Dist.java(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx64m",
            "--enable-native-access=ALL-UNNAMED",
            "-Dgermline.root=" + root,
            "-jar",
            jar.toString(),
            store.name(),
            dir.toString(),
            Long.toString(watched.pid()),
            Long.toString(watched.startedMillis())));
    return new ProcessBuilder(command)
        .directory(root.toFile())
        .redirectErrorStream(true)
        .redirectInput(Path.of("/dev/null").toFile())
        .redirectOutput(ProcessBuilder.Redirect.appendTo(Keeper.log(dir, store).toFile()))
        .start();
  }

  /** The Maven process above {@code process}; in an IDE there is none. */
  private static Optional<ProcessHandle> maven(@Nullable ProcessHandle process) {
    for (ProcessHandle at = process; at != null; at = at.parent().orElse(null)) {
      String line = at.info().commandLine().orElse("");
      if (line.contains("org.codehaus.plexus.classworlds.launcher.Launcher")) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }
}
