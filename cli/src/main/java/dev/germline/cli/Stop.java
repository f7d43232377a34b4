package dev.germline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Ends the command with one line for a person, perhaps a hint, and an exit code. Everything that
 * can be expected to go wrong becomes one of these.
 */
public final class Stop extends RuntimeException {
  private final ExitCode exit;
  private final String message;
  private final @Nullable String hint;
  private final transient @Nullable JsonNode problem;

  private Stop(
      ExitCode exit,
      String message,
      @Nullable String hint,
      @Nullable JsonNode problem,
      @Nullable Throwable cause) {
    super(message, cause);
    this.exit = exit;
    this.message = message;
    this.hint = hint;
    this.problem = problem;
  }

  public Stop(ExitCode exit, String message) {
    this(exit, message, null, null, null);
  }

  public Stop(ExitCode exit, String message, @Nullable String hint) {
    this(exit, message, hint, null, null);
  }

  public Stop(ExitCode exit, String message, @Nullable String hint, Throwable cause) {
    this(exit, message, hint, null, cause);
  }

  /**
   * What the server refused.
   *
   * @param problem its problem+json
   */
  public static Stop refused(
      ExitCode exit, String message, @Nullable String hint, JsonNode problem) {
    return new Stop(exit, message, hint, problem, null);
  }

  public ExitCode exit() {
    return exit;
  }

  /** One line: what is wrong. */
  public String line() {
    return message;
  }

  /** One line: what to do. */
  public @Nullable String hint() {
    return hint;
  }

  /** The server's problem+json, where there was one. */
  public @Nullable JsonNode problem() {
    return problem;
  }
}
