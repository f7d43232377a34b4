package dev.germline.app.metrics;

import dev.germline.app.identity.Caller;
import dev.germline.app.layers.LayerRow;
import dev.germline.app.layers.Layers;
import dev.germline.app.sql.Database;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerName;
import dev.germline.core.metrics.Period;
import dev.germline.core.substrate.EntityId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Usage sessions of layers. Anyone who sees a layer may use it and sees what uses come to; single
 * sessions are seen by their user, the layer's creator and admins. Thread-safe.
 */
public final class Usage {
  static final int MAX_PAGE = 500;
  private static final int MAX_PERIODS = 1000;
  private static final int MAX_COMMENT = 2000;

  private final Database database;
  private final Layers layers;
  private final Times times;

  public Usage(Database database, Layers layers, MetricsSettings settings, Clock clock) {
    this.database = database;
    this.layers = layers;
    this.times = new Times(clock, settings);
  }

  /**
   * What a client says of a session; absent parts are not known yet.
   *
   * @param sessionId 1 to 128 of {@code A-Z a-z 0-9 . _ : @ + -}; absent: a new one
   * @param startedAt absent: now
   * @param endedAt absent when opening: it goes on; absent when ending: now
   * @param performanceRating 0 to 1
   * @param comment at most 2,000 characters
   */
  public record Asked(
      @Nullable String sessionId,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable Double performanceRating,
      @Nullable String comment) {}

  /** A session, and whether it was not known before. */
  record Opened(Session session, boolean fresh) {}

  /** Sessions, newest first. */
  record Page(List<Session> items, UsageRows.@Nullable After next) {}

  /**
   * The layers that most sessions began with since then, those with most first, whoever may see
   * them: for the server itself. Reads the partitions from that month on.
   */
  public List<EntityId> mostUsed(Instant since, int most) {
    return database.read(connection -> UsageRows.mostUsed(connection, since, most));
  }

  /**
   * Opens a session, or keeps one that has ended already. The same again changes nothing.
   *
   * @throws GermlineException LAYER_NOT_FOUND, INVALID_REQUEST; SESSION_ENDED when this user's
   *     session of that name and start is known with other values
   */
  Opened open(Caller caller, LayerName name, Asked asked) {
    String sessionId = asked.sessionId() == null ? UUID.randomUUID().toString() : asked.sessionId();
    Instant start = asked.startedAt() == null ? times.now() : asked.startedAt();
    Session session =
        checked(
            new Session(
                caller.name(),
                sessionId,
                times.require("startedAt", start).truncatedTo(ChronoUnit.MILLIS),
                asked.endedAt(),
                asked.performanceRating(),
                asked.comment()));
    LayerRow layer = layers.row(caller, name);
    return database.read(connection -> {
      if (UsageRows.insert(connection, layer.id(), session)) {
        return new Opened(session, true);
      }
      Session known =
          UsageRows.find(connection, layer.id(), caller.name(), session.id()).orElseThrow();
      return new Opened(same(known, session), false);
    });
  }

  /**
   * Ends a session of the caller. The same again changes nothing.
   *
   * @throws GermlineException LAYER_NOT_FOUND, SESSION_NOT_FOUND, INVALID_REQUEST; SESSION_ENDED
   *     when it has ended with other values
   */
  Session end(Caller caller, LayerName name, SessionId id, Asked asked) {
    LayerRow layer = layers.row(caller, name);
    return database.read(connection -> {
      Session known =
          UsageRows.find(connection, layer.id(), caller.name(), id)
              .orElseThrow(() ->
                  new GermlineException(
                      Fault.SESSION_NOT_FOUND,
                      "%s has no session %s of %s".formatted(name, id, caller.name())));
      Instant end =
          asked.endedAt() != null
              ? asked.endedAt()
              : known.endedAt() != null ? known.endedAt() : times.now();
      Session ended =
          checked(
              new Session(
                  known.user(),
                  known.sessionId(),
                  known.startedAt(),
                  end,
                  asked.performanceRating() == null ? known.rating() : asked.performanceRating(),
                  asked.comment() == null ? known.comment() : asked.comment()));
      if (known.endedAt() != null || !UsageRows.end(connection, layer.id(), ended)) {
        return same(UsageRows.find(connection, layer.id(), caller.name(), id).orElseThrow(), ended);
      }
      return ended;
    });
  }

  private static Session same(Session known, Session asked) {
    if (!known.equals(asked)) {
      throw new GermlineException(
          Fault.SESSION_ENDED,
          "session %s is known with other values; what has ended does not change"
              .formatted(known.id()));
    }
    return known;
  }

  /**
   * Sessions of a layer: all of them for its creator and admins, the caller's own for others.
   *
   * @throws GermlineException LAYER_NOT_FOUND
   */
  Page list(Caller caller, LayerName name, int limit, UsageRows.@Nullable After after) {
    LayerRow layer = layers.row(caller, name);
    boolean all = caller.admin() || layer.creator().equals(caller.name());
    List<Session> sessions =
        database.read(connection ->
            UsageRows.page(connection, layer.id(), all ? null : caller.name(), after, limit));
    if (sessions.size() <= limit) {
      return new Page(sessions, null);
    }
    Session last = sessions.get(limit - 1);
    return new Page(
        sessions.subList(0, limit),
        new UsageRows.After(last.startedAt().toEpochMilli(), last.user(), last.sessionId()));
  }

  /**
   * What the sessions come to, newest period first, at most 1,000 of them.
   *
   * @param from sessions that began then or later; absent: all
   * @param to sessions that began before; absent: all
   * @throws GermlineException LAYER_NOT_FOUND
   */
  public List<UsageSummary> summaries(
      Caller caller, LayerName name, Period period, @Nullable Instant from, @Nullable Instant to) {
    EntityId layer = layers.row(caller, name).id();
    return database.read(connection ->
        UsageRows.summaries(
            connection,
            layer,
            period,
            from == null ? Instant.EPOCH : from,
            to == null ? Instant.ofEpochMilli(Long.MAX_VALUE) : to,
            MAX_PERIODS));
  }

  private Session checked(Session session) {
    new SessionId(session.startedAt().toEpochMilli(), session.sessionId());
    Double rating = session.rating();
    if (rating != null && !(rating >= 0 && rating <= 1)) {
      throw invalid("performanceRating is from 0 to 1, and not " + rating);
    }
    String comment = session.comment();
    if (comment != null
        && (comment.length() > MAX_COMMENT
            || comment.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE))) {
      throw invalid("comment is a text of at most " + MAX_COMMENT + " characters");
    }
    Instant end = session.endedAt();
    if (end == null) {
      return session;
    }
    Instant ended = times.require("endedAt", end).truncatedTo(ChronoUnit.MILLIS);
    if (ended.isBefore(session.startedAt())) {
      throw invalid("endedAt %s is before startedAt %s".formatted(ended, session.startedAt()));
    }
    return new Session(
        session.user(), session.sessionId(), session.startedAt(), ended, rating, comment);
  }

  private static GermlineException invalid(String detail) {
    return new GermlineException(Fault.INVALID_REQUEST, detail);
  }
}
