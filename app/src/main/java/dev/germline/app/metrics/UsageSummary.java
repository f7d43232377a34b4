package dev.germline.app.metrics;

import java.time.Duration;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What the sessions of a period come to.
 *
 * @param start its first day (UTC); of all together 1970-01-01
 * @param users different ones
 * @param meanDuration of those that have ended
 * @param ratings how many were rated
 * @param meanRating 0 to 1
 */
public record UsageSummary(
    LocalDate start,
    long sessions,
    long users,
    @Nullable Duration meanDuration,
    long ratings,
    @Nullable Double meanRating) {}
