package dev.germline.app.metrics;

import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.core.layers.LayerName;
import dev.germline.core.metrics.Period;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Usage sessions of a layer. */
@Controller("/api/v1/layers/{namespace}/{name}/{version}/usage")
@Secured(Role.ANY)
@Tag(name = "metrics")
final class UsageController {
  private static final Usage.Asked NOTHING = new Usage.Asked(null, null, null, null, null);

  private final Usage usage;

  UsageController(Usage usage) {
    this.usage = usage;
  }

  /** Opens a session, or keeps one that has ended already. 201, or 200 when it is known. */
  @Post
  HttpResponse<UsageViews.OfSession> open(
      Caller caller,
      String namespace,
      String name,
      String version,
      @Body Usage.@Nullable Asked session) {
    Usage.Opened opened =
        usage.open(
            caller, LayerName.of(namespace, name, version), session == null ? NOTHING : session);
    UsageViews.OfSession view = UsageViews.OfSession.of(opened.session());
    return opened.fresh() ? HttpResponse.created(view) : HttpResponse.ok(view);
  }

  /**
   * Ends a session of the caller, with a rating if it wants.
   *
   * @param id that opening the session gave
   */
  @Post("/{id}/end")
  UsageViews.OfSession end(
      Caller caller,
      String namespace,
      String name,
      String version,
      String id,
      @Body Usage.@Nullable Asked session) {
    return UsageViews.OfSession.of(
        usage.end(
            caller,
            LayerName.of(namespace, name, version),
            SessionId.parse(id),
            session == null ? NOTHING : session));
  }

  /**
   * Sessions, newest first: all of them for the layer's creator and admins, one's own for others.
   *
   * @param limit at most so many, 1 to 500
   * @param cursor the nextCursor of the page before
   */
  @Get
  UsageViews.OfSessions list(
      Caller caller,
      String namespace,
      String name,
      String version,
      @QueryValue(defaultValue = "100") int limit,
      @QueryValue @Nullable String cursor) {
    return UsageViews.OfSessions.of(
        usage.list(
            caller,
            LayerName.of(namespace, name, version),
            QueryTimes.limit(limit, Usage.MAX_PAGE),
            Cursors.sessions(cursor)));
  }

  /**
   * What the sessions come to, newest period first: how many, of how many users, how long and how
   * well rated.
   *
   * @param period {@code day}, {@code week} (from Monday), {@code month} or {@code all}, in UTC
   * @param from sessions that began then or later, a time or a day
   * @param to sessions that began before
   */
  @Get("/summary")
  UsageViews.OfSummaries summary(
      Caller caller,
      String namespace,
      String name,
      String version,
      @QueryValue(defaultValue = "all") String period,
      @QueryValue @Nullable String from,
      @QueryValue @Nullable String to) {
    Period by = Period.parse(period);
    return UsageViews.OfSummaries.of(
        by,
        usage.summaries(
            caller,
            LayerName.of(namespace, name, version),
            by,
            QueryTimes.time("from", from),
            QueryTimes.time("to", to)));
  }
}
