package dev.germline.core;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of the project. Its message says what was wrong, with the offending value, and
 * where it helps what to do; it is shown to clients, so it never holds secrets or internals.
 */
public final class GermlineException extends RuntimeException {
  private final Fault fault;
  private final String detail;

  public GermlineException(Fault fault, String detail) {
    this(fault, detail, null);
  }

  public GermlineException(Fault fault, String detail, @Nullable Throwable cause) {
    super(fault + ": " + detail, cause);
    this.fault = Objects.requireNonNull(fault);
    this.detail = Objects.requireNonNull(detail);
  }

  public Fault fault() {
    return fault;
  }

  /** What was wrong, for a human; without the name of the fault that {@link #getMessage} leads. */
  public String detail() {
    return detail;
  }
}
