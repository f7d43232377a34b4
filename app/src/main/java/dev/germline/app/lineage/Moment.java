package dev.germline.app.lineage;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** The moment that a question looks back to, as a query parameter. */
final class Moment {
  private Moment() {}

  /**
   * The moment, null for the present.
   *
   * @throws GermlineException INVALID_REQUEST
   */
  static @Nullable Instant parse(@Nullable String asOf) {
    if (asOf == null) {
      return null;
    }
    try {
      return Instant.parse(asOf);
    } catch (DateTimeParseException wrong) {
      throw new GermlineException(
          Fault.INVALID_REQUEST,
          "asOf is '%s'; give a time such as 2026-03-03T12:00:00Z".formatted(asOf),
          wrong);
    }
  }
}
