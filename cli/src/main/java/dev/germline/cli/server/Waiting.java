package dev.germline.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Asks again and again until the server has finished something. */
public final class Waiting {
  private static final Duration SHORTEST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private Waiting() {}

  /** The first answer that satisfies; Ctrl-C is the only other way out. */
  public static JsonNode until(
      String what, Supplier<JsonNode> question, Predicate<JsonNode> finished) {
    Duration pause = SHORTEST;
    while (true) {
      JsonNode answer = question.get();
      if (finished.test(answer)) {
        return answer;
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new Stop(ExitCode.UNREACHABLE, what + ": interrupted", null, interrupted);
      }
      Duration next = pause.multipliedBy(3).dividedBy(2);
      pause = next.compareTo(LONGEST) < 0 ? next : LONGEST;
    }
  }
}
