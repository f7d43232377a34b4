package dev.germline.app.sharing;

import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.app.layers.LayerDetail;
import dev.germline.app.layers.LayerRow;
import dev.germline.app.layers.Layers;
import dev.germline.app.layers.Reach;
import dev.germline.app.layers.Records;
import dev.germline.app.sql.Database;
import dev.germline.core.layers.ClaimJson;
import dev.germline.core.layers.Distribution;
import dev.germline.core.layers.Distribution.Propagation;
import dev.germline.core.layers.LayerStatus;
import dev.germline.core.layers.Statement;
import dev.germline.core.sharing.Advice;
import dev.germline.core.substrate.EntityId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes notices (docs/sharing.md, "Telling dependents") by following the ledger: nothing that
 * happened is lost, whatever ends in between, and nothing is told twice. Several processes may do
 * so at once. Thread-safe.
 */
public final class Telling {
  /** Sees all; whom it tells of a layer is decided by who may see that. */
  private static final Caller ITSELF = new Caller("germline", Role.ADMIN);

  /** Older versions of a newer one that are looked at, the newest. */
  private static final int VERSIONS = 20;

  /** Layers that a notice names. */
  private static final int NAMED = 200;

  /** How long one call goes on. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Database database;
  private final Records records;
  private final Layers layers;
  private final Reach reach;
  private final Clock clock;

  public Telling(Database database, Records records, Layers layers, Reach reach, Clock clock) {
    this.database = database;
    this.records = records;
    this.layers = layers;
    this.reach = reach;
    this.clock = clock;
  }

  /** Tells of what is new, for at most about two seconds. */
  synchronized void catchUp() {
    long until = System.nanoTime() + PATIENCE.toNanos();
    for (TellingRows.Kind kind : TellingRows.Kind.values()) {
      boolean more = true;
      while (more && System.nanoTime() < until) {
        more = step(kind);
      }
    }
  }

  /** Takes a step; whether there may be more. */
  private boolean step(TellingRows.Kind kind) {
    TellingRows.Position from = database.read(connection -> TellingRows.position(connection, kind));
    List<TellingRows.Event> events =
        database.read(connection -> TellingRows.after(connection, kind, from, kind.atOnce()));
    if (events.isEmpty()) {
      return false;
    }
    List<TellingRows.Written> notices = new ArrayList<>();
    for (TellingRows.Event event : events) {
      if (event.alone()) {
        continue;
      }
      notices.addAll(
          switch (kind) {
            case STATUS -> ofStatus(event);
            case LAYER -> ofLayer(event);
          });
    }
    database.transact(connection -> {
      if (TellingRows.move(connection, kind, from, events.getLast().position())) {
        TellingRows.insert(connection, notices, clock.instant());
      }
      return true;
    });
    return events.size() == kind.atOnce();
  }

  private List<TellingRows.Written> ofStatus(TellingRows.Event event) {
    byte[] record = records.read(List.of(event.digest())).get(event.digest());
    if (record == null
        || !(ClaimJson.parseStored(record) instanceof Statement.StatusChange change)) {
      return List.of(); // a lost record is fsck's to report
    }
    LayerDetail layer = layers.get(ITSELF, event.layer());
    LayerRow row = layer.row();
    return switch (change.status()) {
      case ACTIVE ->
          database.<Set<String>>read(connection -> TellingRows.told(connection, row.id())).stream()
              .map(owner ->
                  new TellingRows.Written(
                      event.digest(),
                      row.id(),
                      owner,
                      Notice.Cause.RESTORED,
                      Advice.NOTHING,
                      0,
                      Map.of(),
                      event.position().ledgerSequence()))
              .toList();
      case YANKED -> {
        Advice advice = Advice.of(policy(layer), LayerStatus.YANKED, false);
        yield advice == Advice.NOTHING
            ? List.of()
            : notices(
                event,
                row,
                Notice.Cause.YANKED,
                change.assertedBy(),
                reach.of(ITSELF, row.id(), 1).layers(),
                _ -> advice);
      }
      case REVOKED ->
          notices(
              event,
              row,
              Notice.Cause.REVOKED,
              change.assertedBy(),
              reach.of(ITSELF, row.id(), Reach.FARTHEST).layers(),
              one -> one.distance() == 1 || one.required() ? Advice.MUST_REPLACE : Advice.LOOK);
    };
  }

  /** What is to be done by those who stand on older versions. */
  private List<TellingRows.Written> ofLayer(TellingRows.Event event) {
    LayerRow newer = layers.row(ITSELF, event.layer());
    List<LayerRow> older =
        layers.versions(ITSELF, event.layer().family()).stream()
            .filter(row -> row.name().version().compareTo(event.layer().version()) < 0)
            .limit(VERSIONS)
            .toList();
    if (older.isEmpty() || newer.status() != LayerStatus.ACTIVE) {
      return List.of();
    }
    Map<EntityId, Reach.Reached> reached = new LinkedHashMap<>();
    Map<EntityId, Advice> advices = new LinkedHashMap<>();
    for (LayerDetail old : layers.details(older).values()) {
      Advice advice = Advice.of(policy(old), old.row().status(), true);
      if (advice == Advice.NOTHING || old.row().status() == LayerStatus.REVOKED) {
        continue; // of a revocation they were told already
      }
      for (Reach.Reached one : reach.of(ITSELF, old.row().id(), 1).layers()) {
        if (!one.layer().name().family().equals(event.layer().family())) {
          reached.put(one.layer().id(), one);
          advices.merge(one.layer().id(), advice, (a, b) -> a.compareTo(b) > 0 ? a : b);
        }
      }
    }
    return notices(
        event,
        newer,
        Notice.Cause.NEWER,
        newer.creator(),
        reached.values(),
        one -> advices.getOrDefault(one.layer().id(), Advice.LOOK));
  }

  /** One notice for each owner who may see the layer, except for whoever did it. */
  private List<TellingRows.Written> notices(
      TellingRows.Event event,
      LayerRow layer,
      Notice.Cause cause,
      String doer,
      Collection<Reach.Reached> reached,
      Function<Reach.Reached, Advice> advice) {
    Map<String, List<Reach.Reached>> byOwner = new TreeMap<>();
    for (Reach.Reached one : reached) {
      byOwner.computeIfAbsent(one.layer().creator(), none -> new ArrayList<>()).add(one);
    }
    byOwner.remove(doer);
    Set<String> seeing = seeing(layer);
    List<TellingRows.Written> notices = new ArrayList<>();
    byOwner.forEach((owner, theirs) -> {
      if (seeing == null || seeing.contains(owner)) {
        Map<EntityId, Integer> named = new LinkedHashMap<>();
        theirs.stream()
            .sorted(Comparator.comparingInt(Reach.Reached::distance))
            .limit(NAMED)
            .forEach(one -> named.put(one.layer().id(), one.distance()));
        notices.add(
            new TellingRows.Written(
                event.digest(),
                layer.id(),
                owner,
                cause,
                theirs.stream().map(advice).max(Comparator.naturalOrder()).orElse(Advice.LOOK),
                theirs.size(),
                named,
                event.position().ledgerSequence()));
      }
    });
    return notices;
  }

  /** Who may see a layer; null for all. */
  private @Nullable Set<String> seeing(LayerRow layer) {
    return switch (layer.visibility()) {
      case PUBLIC, ORGANIZATION -> null;
      case PRIVATE -> Set.of(layer.creator());
      case WHITELIST ->
          database.read(connection -> {
            Set<String> allowed = TellingRows.allowed(connection, layer.id());
            allowed.add(layer.creator());
            return allowed;
          });
    };
  }

  private static Propagation policy(LayerDetail layer) {
    Distribution distribution = layer.layer().manifest().sharing().distribution();
    return distribution == null ? Propagation.NONE : distribution.updatePropagation();
  }
}
