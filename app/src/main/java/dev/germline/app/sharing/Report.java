package dev.germline.app.sharing;

import dev.germline.app.layers.LayerRow;
import dev.germline.core.layers.ValidationLevel;
import dev.germline.core.substrate.EntityId;
import java.time.Instant;
import java.util.List;

/**
 * What a validation came to.
 *
 * @param by who asked for it
 * @param counts whether it is part of the current view: there is no newer one of its level or a
 *     higher one
 */
public record Report(
    EntityId id,
    LayerRow layer,
    ValidationLevel level,
    Finding.Outcome outcome,
    String by,
    Instant validatedAt,
    List<Finding> findings,
    boolean counts) {
  public Report {
    findings = List.copyOf(findings);
  }

  /** Failed if a check failed; else not checked if one could not be made; else passed. */
  static Finding.Outcome outcome(List<Finding> findings) {
    boolean failed = findings.stream().anyMatch(one -> one.outcome() == Finding.Outcome.FAILED);
    boolean open = findings.stream().anyMatch(one -> one.outcome() == Finding.Outcome.NOT_CHECKED);
    return failed
        ? Finding.Outcome.FAILED
        : open ? Finding.Outcome.NOT_CHECKED : Finding.Outcome.PASSED;
  }
}
