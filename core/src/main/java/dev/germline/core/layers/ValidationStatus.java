package dev.germline.core.layers;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far its publisher had a layer validated. What the registry itself found is asked of the
 * registry (docs/sharing.md).
 *
 * @param level the highest that was run; absent when none was
 */
public record ValidationStatus(
    Outcome outcome, @Nullable ValidationLevel level, @Nullable Instant validatedAt) {
  /** What it came to. */
  public enum Outcome {
    UNVALIDATED,
    PASSED,
    FAILED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public ValidationStatus {
    Check.required("outcome", outcome);
    validatedAt = validatedAt == null ? null : Check.instant("validatedAt", validatedAt);
    if ((outcome == Outcome.UNVALIDATED) != (level == null)) {
      throw Check.invalid(
          "outcome is " + outcome + "; level is given with passed and failed, and only with them");
    }
  }
}
