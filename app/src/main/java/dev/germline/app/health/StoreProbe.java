package dev.germline.app.health;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks one store whether it answers, in bounded time. Anyone may ask for the health, so that all
 * who ask at once share one question, and an answer serves for a second. Thread-safe.
 */
final class StoreProbe {
  private static final Duration FRESH = Duration.ofSeconds(1);

  /** What came of it. */
  sealed interface Answer {}

  /** The store answered. */
  record Answered(Duration took) implements Answer {}

  /**
   * It did not.
   *
   * @param why one line
   */
  record Silent(String why) implements Answer {}

  private final String store;
  private final Question question;
  private final Duration limit;

  private @Nullable CompletableFuture<Answer> current;
  private long endedAt;

  /**
   * A probe that has asked nothing yet.
   *
   * @param limit after which no answer is an answer
   */
  StoreProbe(String store, Question question, Duration limit) {
    this.store = store;
    this.question = question;
    this.limit = limit;
  }

  /** The answer; completes within the limit and never with an exception. */
  synchronized CompletableFuture<Answer> answer() {
    CompletableFuture<Answer> known = current;
    if (known == null || (known.isDone() && System.nanoTime() - endedAt > FRESH.toNanos())) {
      known = ask();
      current = known;
    }
    return known.copy();
  }

  private CompletableFuture<Answer> ask() {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    Thread asking =
        Thread.ofVirtual().name("probe " + store).unstarted(() -> answer.complete(outcome()));
    CompletableFuture<Answer> ended =
        answer
            .completeOnTimeout(
                new Silent("no answer within " + limit.toMillis() + " ms"),
                limit.toMillis(),
                TimeUnit.MILLISECONDS)
            .whenComplete((said, never) -> {
              asking.interrupt(); // whoever still waits gives its connection up
              ended();
            });
    asking.start();
    return ended;
  }

  private synchronized void ended() {
    endedAt = System.nanoTime();
  }

  private Answer outcome() {
    long start = System.nanoTime();
    try {
      question.ask();
      return new Answered(Duration.ofNanos(System.nanoTime() - start));
    } catch (Exception failure) {
      String message = String.valueOf(failure.getMessage());
      return new Silent(message.lines().findFirst().orElse(message));
    }
  }
}
