package dev.germline.app.sharing;

import dev.germline.app.identity.Caller;
import dev.germline.app.layers.Cursor;
import dev.germline.app.layers.Records;
import dev.germline.app.sql.Database;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.ClaimJson;
import dev.germline.core.layers.Statement;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the owners of layers are told of others that theirs stand on: each its own, about layers
 * that it may see. Reading them first tells of what is new. Thread-safe.
 */
public final class Notices {
  private static final int MAX_PAGE = 200;
  private static final int AT_ONCE = 1000;

  private final Database database;
  private final Records records;
  private final Telling telling;
  private final Duration kept;
  private final Clock clock;

  /**
   * @param kept how long a notice stays after it was acknowledged
   */
  public Notices(Database database, Records records, Telling telling, Duration kept, Clock clock) {
    this.database = database;
    this.records = records;
    this.telling = telling;
    this.kept = kept;
    this.clock = clock;
  }

  /**
   * A notice with the statement that it is about.
   *
   * @param said empty where a newer version is what happened
   */
  public record Told(Notice notice, Optional<Statement.StatusChange> said) {}

  /**
   * Some notices, newest first.
   *
   * @param nextCursor where the next page starts; absent on the last
   */
  public record Page(List<Told> items, @Nullable String nextCursor) {}

  /**
   * The caller's notices.
   *
   * @param open only those that it did not acknowledge
   * @param limit 1 to 200
   * @throws GermlineException INVALID_REQUEST
   */
  public Page list(Caller caller, boolean open, int limit, @Nullable String cursor) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw new GermlineException(
          Fault.INVALID_REQUEST, "limit is from 1 to " + MAX_PAGE + ", and not " + limit);
    }
    Cursor after = cursor == null ? null : Cursor.parse(cursor);
    telling.catchUp();
    List<Notice> found =
        database.read(connection ->
            NoticeRows.page(
                connection, caller, new NoticeRows.Filter(open, null, limit + 1), after));
    List<Notice> page = found.subList(0, Math.min(limit, found.size()));
    String next =
        found.size() <= limit
            ? null
            : new Cursor(page.getLast().ledgerSequence(), page.getLast().id()).toString();
    return new Page(told(page), next);
  }

  /**
   * Says that the caller knows; a second time changes nothing.
   *
   * @throws GermlineException NOT_FOUND
   */
  public Told acknowledge(Caller caller, EntityId id) {
    get(caller, id);
    database.transact(connection -> {
      NoticeRows.acknowledge(connection, id, caller.name(), clock.instant());
      return true;
    });
    return get(caller, id);
  }

  private Told get(Caller caller, EntityId id) {
    List<Notice> found =
        database.read(connection ->
            NoticeRows.page(connection, caller, new NoticeRows.Filter(false, id, 1), null));
    if (found.isEmpty()) {
      throw new GermlineException(Fault.NOT_FOUND, "there is no notice " + id + " to you");
    }
    return told(found).getFirst();
  }

  /** Tells of what is new, and forgets what was acknowledged long ago. */
  void tend() {
    telling.catchUp();
    int gone;
    do {
      gone =
          database.transact(
              connection -> NoticeRows.forget(connection, clock.instant().minus(kept), AT_ONCE));
    } while (gone == AT_ONCE);
  }

  private List<Told> told(List<Notice> notices) {
    Map<EntityId, List<Notice.Affected>> layers =
        database.read(
            connection -> NoticeRows.layers(connection, notices.stream().map(Notice::id).toList()));
    Map<Digest, byte[]> contents =
        new HashMap<>(records.read(notices.stream().map(Notice::event).distinct().toList()));
    List<Told> told = new ArrayList<>();
    for (Notice one : notices) {
      Notice whole =
          new Notice(
              one.id(),
              one.event(),
              one.layer(),
              one.status(),
              one.cause(),
              one.advice(),
              one.affected(),
              layers.getOrDefault(one.id(), List.of()),
              one.toldAt(),
              one.acknowledgedAt(),
              one.ledgerSequence());
      told.add(
          new Told(
              whole,
              one.cause() == Notice.Cause.NEWER
                  ? Optional.empty()
                  : said(contents.get(one.event()))));
    }
    return List.copyOf(told);
  }

  private static Optional<Statement.StatusChange> said(byte @Nullable [] record) {
    return record != null && ClaimJson.parseStored(record) instanceof Statement.StatusChange change
        ? Optional.of(change)
        : Optional.empty();
  }
}
