package dev.germline.core.layers;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one validation of a layer came to.
 *
 * @param validator who or what did it
 * @param procedure how
 */
public record ValidationResult(
    String validator,
    Instant validatedAt,
    ValidationLevel level,
    boolean passed,
    @Nullable String procedure) {
  public ValidationResult {
    Check.text("validator", validator);
    validatedAt = Check.instant("validatedAt", validatedAt);
    Check.required("level", level);
    procedure = Check.optionalText("procedure", procedure, 4096);
  }
}
