package dev.germline.app.layers;

import dev.germline.app.identity.Caller;
import dev.germline.app.sql.Database;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerName;
import dev.germline.core.substrate.EntityId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who was handed bytes of revoked layers. A read is written down before it is answered: where that
 * fails, there are no bytes. Thread-safe.
 */
public final class RevokedReads {
  private static final int MAX_PAGE = 500;
  private static final int AT_ONCE = 1000;

  /** Characters; names of files and tensors are shorter as a rule. */
  private static final int LONGEST = 1100;

  private final Database database;
  private final Layers layers;
  private final Duration kept;
  private final Clock clock;

  /**
   * @param kept how long a read stays in the list
   */
  public RevokedReads(Database database, Layers layers, Duration kept, Clock clock) {
    this.database = database;
    this.layers = layers;
    this.kept = kept;
    this.clock = clock;
  }

  /**
   * Some reads, newest first.
   *
   * @param nextCursor where the next page starts; absent on the last
   */
  record Page(List<RevokedRead> items, @Nullable String nextCursor) {}

  /**
   * Writes a read down.
   *
   * @param what printable, on one line
   * @throws GermlineException STORE_UNAVAILABLE
   */
  void record(Caller caller, LayerRow layer, String what) {
    Instant now = clock.instant();
    EntityId id =
        EntityId.generate(
            String.join(
                    "\n",
                    layer.id().toString(),
                    now.atOffset(ZoneOffset.UTC).toLocalDate().toString(),
                    what,
                    caller.name())
                .getBytes(StandardCharsets.UTF_8));
    String cut = what.length() > LONGEST ? what.substring(0, LONGEST - 1) + "…" : what;
    database.transact(connection -> {
      RevokedReadRows.count(connection, id, layer.id(), caller.name(), cut, now);
      return true;
    });
  }

  /**
   * Reads that the caller may know of: an admin of all, others of their own and of their layers'.
   *
   * @param layer only of this one; null for all
   * @param limit 1 to 500
   * @throws GermlineException INVALID_REQUEST, LAYER_NOT_FOUND
   */
  Page list(Caller caller, @Nullable LayerName layer, int limit, @Nullable String cursor) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw new GermlineException(
          Fault.INVALID_REQUEST, "limit is from 1 to " + MAX_PAGE + ", and not " + limit);
    }
    Cursor after = cursor == null ? null : Cursor.parse(cursor);
    EntityId of = layer == null ? null : layers.row(caller, layer).id();
    List<RevokedRead> found =
        database.read(connection -> RevokedReadRows.page(connection, caller, of, after, limit + 1));
    List<RevokedRead> page = List.copyOf(found.subList(0, Math.min(limit, found.size())));
    String next =
        found.size() <= limit
            ? null
            : new Cursor(page.getLast().firstAt().toEpochMilli(), page.getLast().id()).toString();
    return new Page(page, next);
  }

  /** Forgets what is older than is kept. */
  void tend() {
    int gone;
    do {
      gone =
          database.transact(connection ->
              RevokedReadRows.forget(connection, clock.instant().minus(kept), AT_ONCE));
    } while (gone == AT_ONCE);
  }
}
