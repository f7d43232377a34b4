package dev.germline.core.metrics;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * One measured value of a layer.
 *
 * @param taskType what was done, 1 to 128 characters, such as {@code retrieval}
 * @param metricType what was measured, such as {@code accuracy} or {@code latency-ms}; its name
 *     says the unit
 * @param value finite, of a magnitude up to {@link #LARGEST}
 * @param measuredAt to the millisecond
 * @param context whatever helps to read it, a JSON object of at most 16,384 characters
 */
public record Measurement(
    String taskType,
    String metricType,
    double value,
    Instant measuredAt,
    @Nullable String context) {
  /** Squares of larger values, summed up, are no numbers any more. */
  public static final double LARGEST = 1e100;

  private static final int MAX_TEXT = 128;
  private static final int MAX_CONTEXT = 16_384;

  /**
   * Refuses what cannot be kept.
   *
   * @throws GermlineException INVALID_REQUEST, LIMIT_EXCEEDED for a context that is too long
   */
  public Measurement {
    text("taskType", taskType);
    text("metricType", metricType);
    if (!(Math.abs(value) <= LARGEST)) {
      throw invalid("value is a number from -1e100 to 1e100, and not " + value);
    }
    value += 0.0; // -0.0 and 0.0 are one value
    measuredAt = measuredAt.truncatedTo(ChronoUnit.MILLIS);
    if (context != null && context.length() > MAX_CONTEXT) {
      throw new GermlineException(
          Fault.LIMIT_EXCEEDED,
          "context has %d characters; at most %d are kept"
              .formatted(context.length(), MAX_CONTEXT));
    }
  }

  /**
   * Checks the name of a task or a metric.
   *
   * @throws GermlineException INVALID_REQUEST
   */
  public static String text(String member, @Nullable String value) {
    if (value == null
        || value.isEmpty()
        || value.length() > MAX_TEXT
        || !value.strip().equals(value)
        || value.codePoints().anyMatch(Measurement::unprintable)) {
      throw invalid(
          "%s is a text of 1 to %d characters without control characters or blanks around it%s"
              .formatted(member, MAX_TEXT, value == null ? ", and is missing" : ""));
    }
    return value;
  }

  private static boolean unprintable(int character) {
    return Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE;
  }

  private static GermlineException invalid(String detail) {
    return new GermlineException(Fault.INVALID_REQUEST, detail);
  }
}
