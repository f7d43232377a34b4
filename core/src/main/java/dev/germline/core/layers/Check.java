package dev.germline.core.layers;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules that every record of this package states about its fields, with messages that show the
 * offending value and what to give instead.
 */
final class Check {
  /** Integers beyond 2^53-1 do not survive RFC 8785, which writes every number as a binary64. */
  static final long MAX_INTEGER = (1L << 53) - 1;

  private static final Instant END_OF_TIME = Instant.parse("+10000-01-01T00:00:00Z");
  private static final int SHORT_TEXT = 512;
  private static final int SHOWN = 120;
  private static final Pattern TOKEN = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?");

  private Check() {}

  static <T> T required(String field, @Nullable T value) {
    if (value == null) {
      throw invalid(field + " is missing; it is required");
    }
    return value;
  }

  /** A line of at most 512 characters that is not blank. */
  static String text(String field, @Nullable String value) {
    return text(field, value, SHORT_TEXT);
  }

  static String text(String field, @Nullable String value, int maxLength) {
    String given = required(field, value);
    if (given.isBlank()) {
      throw invalid(field + " is blank; give it a text or leave it out");
    }
    return characters(field, given, maxLength);
  }

  static @Nullable String optionalText(String field, @Nullable String value) {
    return value == null ? null : text(field, value);
  }

  static @Nullable String optionalText(String field, @Nullable String value, int maxLength) {
    return value == null ? null : text(field, value, maxLength);
  }

  /** A lower-case word such as {@code fine-tune}: what becomes a property value in the graph. */
  static String token(String field, @Nullable String value) {
    String given = required(field, value);
    if (!TOKEN.matcher(given).matches()) {
      throw invalid(
          field
              + " is "
              + show(given)
              + "; give 1 to 64 of a-z, 0-9, '.', '_' and '-', beginning and ending with a letter"
              + " or digit");
    }
    return given;
  }

  /** A share from 0 to 1, both included. */
  static double unit(String field, double value) {
    return between(field, value, 0, 1);
  }

  static double between(String field, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      throw invalid(field + " is " + value + "; give a number from " + low + " to " + high);
    }
    return value + 0.0; // -0.0 and 0.0 are one canonical number
  }

  static double positive(String field, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw invalid(field + " is " + value + "; give a finite number above 0");
    }
    return value;
  }

  static double finite(String field, double value) {
    if (!Double.isFinite(value)) {
      throw invalid(field + " is " + value + "; give a finite number");
    }
    return value + 0.0;
  }

  static long between(String field, long value, long low, long high) {
    if (value < low || value > high) {
      throw invalid(field + " is " + value + "; give a whole number from " + low + " to " + high);
    }
    return value;
  }

  /** Cut to milliseconds; from 1970 to 9999, so that its text is RFC 3339. */
  static Instant instant(String field, @Nullable Instant value) {
    Instant given = required(field, value);
    if (given.isBefore(Instant.EPOCH) || !given.isBefore(END_OF_TIME)) {
      throw invalid(field + " is " + given + "; give a time from 1970 to 9999");
    }
    return given.truncatedTo(ChronoUnit.MILLIS);
  }

  static @Nullable Long optionalCount(String field, @Nullable Long value) {
    if (value != null) {
      between(field, value, 0, MAX_INTEGER);
    }
    return value;
  }

  /** An unmodifiable copy; absent means empty. More than {@code max} is a limit, not a typo. */
  static <T> List<T> list(String field, @Nullable List<T> values, int max) {
    if (values == null) {
      return List.of();
    }
    limit(field, values.size(), max);
    return List.copyOf(values);
  }

  /** A list of distinct short texts. */
  static List<String> texts(String field, @Nullable List<String> values, int max) {
    return texts(field, values, max, SHORT_TEXT);
  }

  static List<String> texts(String field, @Nullable List<String> values, int max, int maxLength) {
    List<String> copy = list(field, values, max);
    copy.forEach(value -> text(field, value, maxLength));
    distinct(field, copy);
    return copy;
  }

  static void distinct(String field, Collection<?> values) {
    var seen = new HashSet<Object>();
    for (Object value : values) {
      if (!seen.add(value)) {
        throw invalid(field + " names " + show(value.toString()) + " twice; name it once");
      }
    }
  }

  /** An unmodifiable copy in key order of finite measurements. */
  static SortedMap<String, Double> measurements(
      String field, @Nullable Map<String, Double> values, int max) {
    var copy = new TreeMap<String, Double>();
    if (values != null) {
      limit(field, values.size(), max);
      values.forEach((key, value) -> copy.put(text(field, key), finite(field + "." + key, value)));
    }
    return Collections.unmodifiableSortedMap(copy);
  }

  static void limit(String field, int size, int max) {
    if (size > max) {
      throw new GermlineException(
          Fault.LIMIT_EXCEEDED, field + " has " + size + " entries; at most " + max + " are taken");
    }
  }

  static String characters(String field, String value, int maxLength) {
    if (value.length() > maxLength) {
      throw invalid(
          field
              + " is "
              + value.length()
              + " characters long; at most "
              + maxLength
              + " are taken");
    }
    for (int i = 0; i < value.length(); ) {
      int c = value.codePointAt(i);
      boolean whiteSpace = c == '\n' || c == '\r' || c == '\t';
      if (Character.getType(c) == Character.SURROGATE
          || (Character.isISOControl(c) && !whiteSpace)) {
        throw invalid("%s has the character U+%04X at %d; remove it".formatted(field, c, i));
      }
      i += Character.charCount(c);
    }
    return value;
  }

  /** At most 120 characters of a value in quotes, without control characters. */
  static String show(String value) {
    String cut = value.length() > SHOWN ? value.substring(0, SHOWN) + "..." : value;
    var shown = new StringBuilder("'");
    cut.codePoints()
        .forEach(c -> {
          if (Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE) {
            shown.append("\\u%04x".formatted(c));
          } else {
            shown.appendCodePoint(c);
          }
        });
    return shown.append('\'').toString();
  }

  static GermlineException invalid(String detail) {
    return new GermlineException(Fault.INVALID_LAYER, detail);
  }
}
