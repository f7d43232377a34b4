package dev.germline.embedded.stores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A child process that does not outlive us: it is its own session (Ctrl-C reaches only the
 * supervisor, which stops the parts in order) and the kernel sends it SIGTERM when we die, however
 * we die.
 */
public final class Child {
  /**
   * The kernel ties PDEATHSIG to the thread that forked, not to the process: so one thread, which
   * lives as long as the process, forks them all.
   */
  private static final ExecutorService FORKER =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("germline-forker").factory());

  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private final Process process;

  private Child(Process process) {
    this.process = process;
  }

  /**
   * Starts {@code command} in {@code directory}, appending its output to {@code log}.
   *
   * @throws Trouble PART_FAILED if there is no such program for this machine
   */
  public static Child start(
      List<String> command, Map<String, String> environment, Path directory, Path log)
      throws IOException {
    return start("TERM", command, environment, directory, log);
  }

  /** As {@link #start}, but our death kills it at once: for what nobody will miss. */
  static Child startExpendable(
      List<String> command, Map<String, String> environment, Path directory, Path log)
      throws IOException {
    return start("KILL", command, environment, directory, log);
  }

  private static Child start(
      String lastSignal,
      List<String> command,
      Map<String, String> environment,
      Path directory,
      Path log)
      throws IOException {
    List<String> line = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      line.add(SETSID.toString());
    }
    if (Files.isExecutable(SETPRIV)) {
      line.addAll(List.of(SETPRIV.toString(), "--pdeathsig", lastSignal));
    }
    line.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    try {
      return new Child(FORKER.submit(builder::start).get());
    } catch (ExecutionException e) {
      throw new Trouble(
          Trouble.Kind.PART_FAILED, "cannot start " + command.getFirst() + ": " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while starting " + command.getFirst(), e);
    }
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  public boolean alive() {
    return process.isAlive();
  }

  /** Completes when the process has ended, with its exit code. */
  public CompletableFuture<Integer> ended() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /** SIGTERM, then SIGKILL after {@code grace}. Returns when the process is gone. */
  public void stop(Duration grace) {
    process.destroy();
    if (!await(grace)) {
      kill();
    }
  }

  /** SIGKILL. Returns when the process is gone. */
  public void kill() {
    process.destroyForcibly();
    await(Duration.ofSeconds(10));
  }

  /** SIGTERM, without waiting. */
  void terminate() {
    process.destroy();
  }

  /** SIGKILL to the process and whatever it started. */
  void killTree() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    kill();
  }

  /** Waits for the end; false if it did not come in time. */
  public boolean await(Duration atMost) {
    boolean interrupted = false;
    long end = System.nanoTime() + atMost.toNanos();
    try {
      while (true) {
        try {
          return process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true; // stopping is what an interrupted caller wants too
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
