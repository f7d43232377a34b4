package dev.germline.embedded.stores;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Follows Neo4j's own log for what its answers do not carry: why it does not start. Where a
 * database does not open the process stays alive all the same; it says "unavailable" for ever if it
 * is the user's, and listens nowhere if it is the system's. Thread-safe.
 */
final class Neo4jLog {
  /**
   * Why Neo4j does not start.
   *
   * @param database whether it is because a database's files do not open
   * @param cause the innermost, one line of at most {@value #LONGEST} characters
   */
  record Failure(boolean database, String cause) {}

  private static final String DATABASE = "Failed to start DatabaseId{";
  private static final String SERVER = "Error starting Neo4j database server";
  private static final int LONGEST = 240;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private long position;
  private Optional<Failure> found = Optional.empty();

  Neo4jLog(Path file) {
    this.file = file;
  }

  Path file() {
    return file;
  }

  /** Forgets what earlier runs wrote. */
  synchronized void begin() throws IOException {
    position = Files.exists(file) ? Files.size(file) : 0;
    found = Optional.empty();
  }

  /** Why it does not start, once the log says so; the same until the next {@link #begin}. */
  synchronized Optional<Failure> failure() {
    if (found.isEmpty()) {
      found =
          lines().stream()
              .filter(line -> line.contains(DATABASE) || line.contains(SERVER))
              .findFirst()
              .map(line -> new Failure(line.contains(DATABASE), innermost(line)));
    }
    return found;
  }

  /** The whole lines written since the last call. */
  private List<String> lines() {
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      if (log.length() < position) {
        position = 0; // a new file took its place
      }
      log.seek(position);
      byte[] bytes = new byte[(int) (log.length() - position)];
      log.readFully(bytes);
      int end = bytes.length;
      while (end > 0 && bytes[end - 1] != '\n') {
        end--;
      }
      position += end;
      return new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
    } catch (IOException notYet) {
      return List.of();
    }
  }

  private static String innermost(String line) {
    try {
      JsonNode entry = JSON.readTree(line);
      String cause =
          entry
              .path("stacktrace")
              .asText()
              .lines()
              .filter(frame -> !frame.isBlank() && !frame.startsWith("\t"))
              .reduce((outer, inner) -> inner)
              .orElse(entry.path("message").asText());
      return shortened(cause.replaceFirst("^(Caused by: )?[\\w.$]+(Exception|Error): ", ""));
    } catch (JacksonException otherFormat) {
      return shortened(line.strip());
    }
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
