package dev.germline.embedded.stores;

import dev.germline.embedded.stores.Trouble.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Turns the end of a part's log into one line that says why it failed. */
final class LogTail {
  private static final int BYTES = 32 << 10;

  private LogTail() {}

  /**
   * @param from where in the log this run of the part begins, in bytes
   */
  static Trouble trouble(Part part, Path log, long from, String what) {
    List<String> lines = tail(log, from);
    for (String line : lines.reversed()) {
      Kind kind = classify(line);
      if (kind != Kind.PART_FAILED) {
        return new Trouble(
            kind,
            "%s %s, %s: %s (see %s)"
                .formatted(part.title(), what, meaning(kind), line.strip(), log));
      }
    }
    String said =
        lines.reversed().stream()
            .filter(line -> !line.isBlank() && !line.startsWith("\tat "))
            .findFirst()
            .map(line -> ": " + line.strip())
            .orElse("");
    return new Trouble(
        Kind.PART_FAILED, "%s %s%s (see %s)".formatted(part.title(), what, said, log));
  }

  static String meaning(Kind kind) {
    return switch (kind) {
      case DISK_FULL -> "the disk is full";
      case PORT_BUSY -> "its port is in use by another program";
      case CORRUPT_DATA -> "its data look damaged, restore them from a backup";
      case NOT_BUILT, PART_FAILED, CANNOT_WRITE, IN_USE -> "it says";
    };
  }

  /** What a line of a log tells of; PART_FAILED where it tells nothing known. */
  static Kind classify(String text) {
    String line = text.toLowerCase(Locale.ROOT);
    if (line.contains("no space left")
        || line.contains("errno: 28")
        || line.contains("disk full")) {
      return Kind.DISK_FULL;
    }
    if (line.contains("address already in use")
        || line.contains("bindexception")
        || line.contains("failed to bind to")) {
      return Kind.PORT_BUSY;
    }
    if (line.contains("corrupt")
        || line.contains("unknown/unsupported storage engine: innodb")
        || line.contains("can't open and lock privilege tables")) {
      return Kind.CORRUPT_DATA;
    }
    return Kind.PART_FAILED;
  }

  static List<String> tail(Path log, long begin) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long from = Math.clamp(begin, Math.max(0, file.length() - BYTES), file.length());
      file.seek(from);
      byte[] bytes = new byte[(int) (file.length() - from)];
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
