package dev.germline.core.metrics;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** What values are summed up by; all of UTC, weeks begin on Monday (ISO 8601). */
public enum Period {
  DAY,
  WEEK,
  MONTH,
  /** Everything together. */
  ALL;

  /**
   * Reads {@code day}, {@code week}, {@code month} or {@code all}.
   *
   * @throws GermlineException INVALID_REQUEST
   */
  public static Period parse(String text) {
    for (Period period : values()) {
      if (period.toString().equals(text)) {
        return period;
      }
    }
    throw new GermlineException(
        Fault.INVALID_REQUEST, "period is day, week, month or all, and not '" + text + "'");
  }

  /** The first day of the period that the day is in; 1970-01-01 of {@link #ALL}. */
  public LocalDate start(LocalDate day) {
    return switch (this) {
      case DAY -> day;
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> day.withDayOfMonth(1);
      case ALL -> LocalDate.EPOCH;
    };
  }

  /** In lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
