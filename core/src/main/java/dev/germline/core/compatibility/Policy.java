package dev.germline.core.compatibility;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;

/**
 * What is wanted of a combination, and how strict to be.
 *
 * @param commercial whether it is to be used commercially
 * @param merging whether the weights are to be merged into one model: shapes and tokenizers must
 *     then agree
 * @param conflictSeverity stated conflicts of at least this severity fail, those below warn; 0 to 1
 * @param refuseUnsafe whether files that run code when loaded fail
 * @param refuseUnknownLicense whether absent and unknown terms fail
 */
public record Policy(
    boolean commercial,
    boolean merging,
    double conflictSeverity,
    boolean refuseUnsafe,
    boolean refuseUnknownLicense) {
  /** Conflicts fail from here, unless an operator or the question says otherwise. */
  public static final double CONFLICT_SEVERITY = 0.7;

  public Policy {
    if (!(conflictSeverity >= 0 && conflictSeverity <= 1)) {
      throw new GermlineException(
          Fault.INVALID_REQUEST,
          "conflictSeverity is " + conflictSeverity + "; give a number from 0 to 1");
    }
  }

  /** Neither commercial nor merging, and warnings where that will do. */
  public static Policy lenient() {
    return new Policy(false, false, CONFLICT_SEVERITY, false, false);
  }
}
