package dev.germline.core.metrics;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which monthly partitions of a table are to be made and which are to go. A partition holds what
 * its month has, and all that is earlier and in no other; behind the last one is one without an
 * end, so every row has a place.
 *
 * @param add ascending, all behind the ones that are there
 * @param drop ascending; every row of them is older than the retention
 */
public record MonthPlan(List<YearMonth> add, List<YearMonth> drop) {
  public MonthPlan {
    add = List.copyOf(add);
    drop = List.copyOf(drop);
  }

  /**
   * What brings the partitions up to date.
   *
   * @param existing the months that have one
   * @param retention how long rows stay at least
   * @param ahead months after this one that are to have one, 0 or more
   */
  public static MonthPlan of(
      Collection<YearMonth> existing, Instant now, Duration retention, int ahead) {
    YearMonth first = firstKept(now, retention);
    YearMonth from = first;
    if (!existing.isEmpty()) {
      YearMonth next = Collections.max(existing).plusMonths(1);
      from = next.isAfter(first) ? next : first;
    }
    YearMonth last = month(now).plusMonths(ahead);
    return new MonthPlan(
        Stream.iterate(from, month -> !month.isAfter(last), month -> month.plusMonths(1)).toList(),
        existing.stream().filter(month -> month.isBefore(first)).sorted().toList());
  }

  /** The earliest month that has rows which are not older than the retention. */
  public static YearMonth firstKept(Instant now, Duration retention) {
    return month(now.minus(retention));
  }

  /** Milliseconds since 1970 UTC of the first moment after the month. */
  public static long end(YearMonth month) {
    return month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  private static YearMonth month(Instant instant) {
    return YearMonth.from(instant.atOffset(ZoneOffset.UTC));
  }
}
