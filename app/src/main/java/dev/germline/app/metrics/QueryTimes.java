package dev.germline.app.metrics;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Days and times in queries. */
final class QueryTimes {
  private QueryTimes() {}

  /** A day, all of it UTC. */
  static @Nullable LocalDate day(String name, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException notOne) {
      throw invalid(name, "a day (UTC) such as 2026-03-01", text, notOne);
    }
  }

  /** A time; a day is its beginning. */
  static @Nullable Instant time(String name, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException notOne) {
      throw invalid(name, "a time such as 2026-03-01T12:00:00Z or 2026-03-01", text, notOne);
    }
  }

  /** How many on a page. */
  static int limit(int asked, int most) {
    if (asked < 1 || asked > most) {
      throw new GermlineException(
          Fault.INVALID_REQUEST, "limit is from 1 to " + most + ", and not " + asked);
    }
    return asked;
  }

  private static GermlineException invalid(
      String name, String form, String text, DateTimeException cause) {
    return new GermlineException(
        Fault.INVALID_REQUEST,
        "%s is %s, and not '%s'"
            .formatted(name, form, text.length() > 40 ? text.substring(0, 40) + "…" : text),
        cause);
  }
}
