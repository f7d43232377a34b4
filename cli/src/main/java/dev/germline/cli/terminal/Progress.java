package dev.germline.cli.terminal;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A bar with rate and remaining time for work in bytes, drawn while a person watches and only once
 * the work has taken a second. {@link #add} may be called from any thread.
 */
public final class Progress implements AutoCloseable {
  private static final Duration SILENT = Duration.ofSeconds(1);
  private static final Duration EVERY = Duration.ofMillis(100);

  /** How much of the rate is the last tenth of a second's. */
  private static final double FRESH = 0.1;

  private static final int FIGURES = 52;

  private final Terminal terminal;
  private final String label;
  private final long total;
  private final AtomicLong done = new AtomicLong();
  private final long began = System.nanoTime();
  private final @Nullable Thread artist;
  private volatile boolean closed;
  private volatile String note = "";

  private Progress(Terminal terminal, String label, long total) {
    this.terminal = terminal;
    this.label = label;
    this.total = total;
    this.artist =
        terminal.watched() ? Thread.ofPlatform().daemon().name("progress").start(this::draw) : null;
  }

  /** Begins on work of so many bytes. */
  public static Progress of(Terminal terminal, String label, long total) {
    return new Progress(terminal, label, total);
  }

  /** So many bytes more are done; fewer than none when some must be done again. */
  public void add(long bytes) {
    done.addAndGet(bytes);
  }

  /** What is shown instead of the bar once all is done; empty for nothing. */
  public void note(String text) {
    note = text;
  }

  /** Whether a person watches. */
  public boolean watched() {
    return artist != null;
  }

  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** Ends it and takes the bar off the screen. */
  @Override
  public void close() {
    closed = true;
    if (artist != null) {
      artist.interrupt();
      try {
        artist.join();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void draw() {
    boolean drawn = false;
    try {
      Thread.sleep(SILENT);
      long before = done.get();
      double rate = before / seconds(elapsed());
      while (!closed) {
        drawn = true;
        String said = note;
        terminal.draw(
            said.isEmpty() || done.get() < total
                ? bar(label, done.get(), total, rate, terminal.columns())
                : said.substring(0, Math.min(said.length(), terminal.columns() - 1)));
        Thread.sleep(EVERY);
        long now = done.get();
        rate = (1 - FRESH) * rate + FRESH * Math.max(0, now - before) / seconds(EVERY);
        before = now;
      }
    } catch (InterruptedException over) {
      // close() wakes us.
    }
    if (drawn) {
      terminal.draw("");
    }
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  /**
   * One line such as {@code uploading [######----] 61% 77.4/126.9 MiB 85.3 MiB/s ETA 1 s}.
   *
   * @param rate bytes per second
   * @param columns the line is shorter than this
   */
  static String bar(String label, long done, long total, double rate, int columns) {
    double part = total == 0 ? 1 : Math.clamp((double) done / total, 0, 1);
    String eta =
        rate < 1 || done >= total
            ? ""
            : "  ETA " + Sizes.duration(Duration.ofMillis((long) ((total - done) / rate * 1000)));
    String figures =
        String.format(
            Locale.ROOT,
            " %3d%%  %s of %s  %s%s",
            (int) (part * 100),
            Sizes.bytes(Math.min(done, total)),
            Sizes.bytes(total),
            Sizes.rate(rate),
            eta);
    // As if the figures were of their usual length, so that the bar does not jump with them.
    int taken = Math.max(FIGURES, figures.length());
    int room = Math.min(30, columns - 1 - label.length() - taken - 3);
    if (room < 5) {
      String line = label + figures;
      return line.substring(0, Math.min(line.length(), columns - 1));
    }
    int full = (int) (part * room);
    return label + " [" + "#".repeat(full) + "-".repeat(room - full) + "]" + figures;
  }
}
