package dev.germline.cli.terminal;

import java.time.Duration;
import java.util.Locale;

/** Amounts as people read them. */
public final class Sizes {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  private Sizes() {}

  /** Bytes in the largest unit that leaves a number of at least 1, such as {@code 126.9 MiB}. */
  public static String bytes(long bytes) {
    return amount((double) bytes);
  }

  /** Bytes per second. */
  static String rate(double bytesPerSecond) {
    return amount(bytesPerSecond) + "/s";
  }

  private static String amount(double bytes) {
    double amount = bytes;
    int unit = 0;
    while (amount >= 1023.95 && unit < UNITS.length - 1) {
      amount /= 1024;
      unit++;
    }
    return unit == 0
        ? String.format(Locale.ROOT, "%.0f B", amount)
        : String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
  }

  /** A time to wait, such as {@code 42 s}, {@code 3 min 05 s} or {@code 2 h 10 min}. */
  public static String duration(Duration duration) {
    long seconds = duration.plusMillis(500).toSeconds();
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
    }
    return String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60);
  }

  /** A short time that has passed, such as {@code 1.8 s}. */
  public static String took(Duration duration) {
    return duration.toSeconds() < 100
        ? String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0)
        : duration(duration);
  }

  /** A whole number with its thousands parted, such as {@code 33,360,000}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
