package dev.germline.app.health;

/** A cheap question to a store: returns if it answers, throws if not. */
@FunctionalInterface
public interface Question {
  /** Asks; interrupted when it takes too long. */
  void ask() throws Exception;
}
