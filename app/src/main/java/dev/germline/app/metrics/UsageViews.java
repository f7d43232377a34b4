package dev.germline.app.metrics;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.germline.core.metrics.Period;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Usage as clients see it. */
final class UsageViews {
  private UsageViews() {}

  /**
   * One session.
   *
   * @param id what it is ended by
   * @param startedAt RFC 3339
   * @param endedAt absent while it goes on
   */
  @Schema(name = "UsageSession")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record OfSession(
      String id,
      String sessionId,
      String user,
      String startedAt,
      @Nullable String endedAt,
      @Nullable Double performanceRating,
      @Nullable String comment) {
    static OfSession of(Session session) {
      Instant end = session.endedAt();
      return new OfSession(
          session.id().toString(),
          session.sessionId(),
          session.user(),
          session.startedAt().toString(),
          end == null ? null : end.toString(),
          session.rating(),
          session.comment());
    }
  }

  /**
   * Sessions.
   *
   * @param nextCursor give it as {@code cursor} to get the next page; absent on the last
   */
  @Schema(name = "UsageSessionList")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record OfSessions(List<OfSession> items, @Nullable String nextCursor) {
    static OfSessions of(Usage.Page page) {
      return new OfSessions(
          page.items().stream().map(OfSession::of).toList(), Cursors.of(page.next()));
    }
  }

  /** What sessions come to. */
  @Schema(name = "UsageSummaryList")
  record OfSummaries(String period, List<OfSummary> items) {
    static OfSummaries of(Period period, List<UsageSummary> summaries) {
      return new OfSummaries(
          period.toString(),
          summaries.stream().map(summary -> OfSummary.of(period, summary)).toList());
    }
  }

  /**
   * Of a period.
   *
   * @param start its first day; absent for all together
   * @param users different ones
   * @param meanSeconds of the sessions that have ended
   * @param meanRating 0 to 1, of those that were rated
   */
  @Schema(name = "UsageSummary")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record OfSummary(
      @Nullable String start,
      long sessions,
      long users,
      @Nullable Double meanSeconds,
      long ratings,
      @Nullable Double meanRating) {
    private static OfSummary of(Period period, UsageSummary summary) {
      Duration mean = summary.meanDuration();
      return new OfSummary(
          period == Period.ALL ? null : summary.start().toString(),
          summary.sessions(),
          summary.users(),
          mean == null ? null : mean.toNanos() / 1e9,
          summary.ratings(),
          summary.meanRating());
    }
  }
}
