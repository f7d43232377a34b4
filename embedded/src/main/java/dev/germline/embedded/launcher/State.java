package dev.germline.embedded.launcher;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.germline.embedded.stores.Json;
import dev.germline.embedded.stores.Recorded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the supervisor says about itself in {@code run/state.json}, for status, down and the next
 * up.
 *
 * @param phase STARTING until every part answered once
 */
record State(Recorded supervisor, Phase phase, List<PartState> parts) {
  enum Phase {
    STARTING,
    READY,
    STOPPING
  }

  /**
   * One part.
   *
   * @param state starting, ready, restarting or stopped
   * @param readySeconds how long the last start took
   * @param restarts how often it ended by itself and was started again
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PartState(
      String part,
      String url,
      @Nullable Long pid,
      String state,
      @Nullable Double readySeconds,
      int restarts) {}

  static Path file(Path dataDir) {
    return dataDir.resolve("run/state.json");
  }

  /** The state of the supervisor that has {@code dataDir} now, if there is one. */
  static Optional<State> running(Path dataDir) {
    try {
      return Json.readIfWhole(file(dataDir), State.class)
          .filter(state -> state.supervisor().process().isPresent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
