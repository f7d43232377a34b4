package dev.germline.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Tries again what failed because the server or the way to it did; refusals and defects are final.
 *
 * @param first the pause before the second try; each one after is twice as long
 * @param tries at most so many, the first included
 */
public record Retry(Duration first, int tries) {
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** About 30 seconds in all: a server that is restarting is back by then. */
  public static Retry patient() {
    return new Retry(Duration.ofMillis(300), 8);
  }

  /** What {@code attempt} gives in the end; its last {@link Stop} if it never does. */
  public <T> T call(Supplier<T> attempt) {
    Duration pause = first;
    for (int n = 1; ; n++) {
      try {
        return attempt.get();
      } catch (Stop failed) {
        if (!mayPass(failed) || n >= tries || Thread.currentThread().isInterrupted()) {
          throw failed;
        }
      }
      sleep(pause);
      pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
    }
  }

  /** A defect of the server stays; one that is overloaded or away comes back. */
  private static boolean mayPass(Stop failed) {
    JsonNode problem = failed.problem();
    return failed.exit() == ExitCode.UNREACHABLE
        && (problem == null || !problem.path("code").asText().equals("INTERNAL"));
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Stop(ExitCode.UNREACHABLE, "interrupted", null, interrupted);
    }
  }
}
