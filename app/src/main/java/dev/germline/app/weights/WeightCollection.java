package dev.germline.app.weights;

import dev.germline.app.sql.Database;
import dev.germline.app.weights.CollectionReport.Figures;
import dev.germline.app.weights.CollectionReport.Kind;
import dev.germline.app.weights.CollectionReport.State;
import dev.germline.app.weights.CollectionReport.Tally;
import dev.germline.app.weights.CollectionRows.Empty;
import dev.germline.app.weights.CollectionRows.Page;
import dev.germline.app.weights.CollectionRows.Row;
import dev.germline.app.weights.CompactionRows.Sparse;
import dev.germline.blobstore.segment.SegmentStore;
import dev.germline.blobstore.weights.PieceIndex;
import dev.germline.blobstore.weights.StoredPiece;
import dev.germline.core.GermlineException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes weights that no layer and no upload refers to, from the files down to the objects in S3:
 * each step leaves what the next one finds. It may be killed anywhere and begins anew; several
 * processes may collect at once. One collection at a time in this process; the last report is kept
 * until the next one starts. Thread-safe.
 */
public final class WeightCollection {
  private static final Logger LOG = LoggerFactory.getLogger(WeightCollection.class);
  private static final int MAX_FAILURES = 100;

  private final CollectionRows rows;
  private final Compaction compaction;
  private final SegmentStore store;
  private final CollectionSettings settings;
  private final Clock clock;

  private CollectionReport report = CollectionReport.IDLE;
  private boolean dryRun;
  private long startedAt;
  private String phase = "";
  private Figures gone = Figures.NOTHING;
  private final List<String> failures = new ArrayList<>();
  private long failureCount;

  public WeightCollection(
      Database database,
      PieceIndex index,
      SegmentStore store,
      CollectionSettings settings,
      Clock clock) {
    this.rows = new CollectionRows(database);
    this.compaction = new Compaction(new CompactionRows(database), index, store);
    this.store = store;
    this.settings = settings;
    this.clock = clock;
  }

  /** Starts a collection, unless one is running; the report of the one that runs now. */
  public synchronized CollectionReport start(boolean dryRun) {
    if (report.state() != State.RUNNING) {
      begin(dryRun);
      Thread.ofPlatform().daemon().name("collection").start(this::collect);
    }
    return report;
  }

  /** The collection that runs, or the last one. */
  public synchronized CollectionReport report() {
    return report;
  }

  /** Collects in this thread; what went. */
  CollectionReport run(boolean dryRun) {
    begin(dryRun);
    collect();
    return report();
  }

  private synchronized void begin(boolean dryRun) {
    this.dryRun = dryRun;
    startedAt = clock.millis();
    gone = Figures.NOTHING;
    failures.clear();
    failureCount = 0;
    phase = "";
    publish(State.RUNNING, null);
  }

  private void collect() {
    try {
      long now = clock.millis();
      long before = now - settings.grace().toMillis();
      blobs(before);
      recipes(before);
      pieces(before);
      compact(before);
      segments(before, now);
    } catch (GermlineException failure) {
      failed("it stopped at the %s: %s".formatted(phase, failure.detail()));
    } catch (RuntimeException failure) {
      LOG.error("The collection of weights failed at the {}", phase, failure);
      failed("it stopped at the %s; the server's log says why".formatted(phase));
    } finally {
      synchronized (this) {
        publish(State.DONE, clock.millis());
        if (!dryRun && !gone.equals(Figures.NOTHING)) {
          LOG.info("Collected weights that nothing refers to: {}", gone);
        }
      }
    }
  }

  private void blobs(long before) {
    phase(Kind.BLOBS);
    Page page;
    long last = CollectionRows.BEFORE_ALL;
    do {
      page = rows.blobs(last, before);
      last = page.last();
      for (Row blob : page.loose()) {
        if (dryRun || rows.deleteBlob(blob.id(), before)) {
          count(Kind.BLOBS, 1, blob.bytes());
        }
      }
    } while (!page.ended());
  }

  private void recipes(long before) {
    phase(Kind.RECIPES);
    Page page;
    long last = CollectionRows.BEFORE_ALL;
    do {
      page = rows.recipes(last, before, dryRun);
      last = page.last();
      for (Row recipe : page.loose()) {
        if (dryRun || rows.deleteRecipe(recipe.id())) {
          count(Kind.RECIPES, 1, 0);
        }
      }
    } while (!page.ended());
  }

  /** A piece that others are coded against is loose when they are gone: so again and again. */
  private void pieces(long before) {
    phase(Kind.PIECES);
    int rounds = dryRun ? 1 : StoredPiece.MAX_DEPTH + 1;
    boolean some = true;
    for (int round = 0; round < rounds && some; round++) {
      some = piecesOnce(before);
    }
  }

  private boolean piecesOnce(long before) {
    boolean some = false;
    Page page;
    long last = CollectionRows.AFTER_ALL;
    do {
      page = rows.pieces(last, before, dryRun);
      last = page.last();
      Tally deleted =
          dryRun
              ? new Tally(page.loose().size(), page.loose().stream().mapToLong(Row::bytes).sum())
              : rows.deletePieces(page.loose(), before);
      count(Kind.PIECES, deleted.count(), deleted.bytes());
      some |= deleted.count() > 0;
    } while (!page.ended());
    return some;
  }

  private void compact(long before) {
    phase(Kind.COMPACTED);
    List<Sparse> sparse = compaction.sparse(before);
    if (dryRun) {
      sparse.forEach(segment -> count(Kind.COMPACTED, 1, segment.spare()));
      return;
    }
    compaction.run(
        sparse,
        new Compaction.Listener() {
          @Override
          public void compacted(Sparse segment) {
            count(Kind.COMPACTED, 1, segment.spare());
          }

          @Override
          public void left(Sparse segment, String why) {
            failed("segment %s stays as it is: %s".formatted(segment.ref().id(), why));
          }
        });
  }

  private void segments(long before, long now) {
    phase(Kind.SEGMENTS);
    long deletable = now - settings.condemnedFor().toMillis();
    List<Empty> empty = rows.emptySegments(CollectionRows.BEFORE_ALL, before);
    while (!empty.isEmpty()) {
      for (Empty segment : empty) {
        if (segment.condemnedAt().isEmpty()) {
          if (dryRun || rows.condemn(segment.id(), now)) {
            count(Kind.CONDEMNED, 1, segment.bytes());
          }
        } else if (segment.condemnedAt().getAsLong() <= deletable) {
          delete(segment);
        }
      }
      empty = rows.emptySegments(empty.getLast().id(), before);
    }
  }

  /** The row goes after the object, so that no object is left without one. */
  private void delete(Empty segment) {
    if (!dryRun) {
      store.delete(segment.hash());
    }
    if (dryRun || rows.deleteSegment(segment.id())) {
      count(Kind.SEGMENTS, 1, segment.bytes());
    }
  }

  private synchronized void count(Kind kind, long count, long bytes) {
    if (count > 0) {
      gone = gone.plus(kind, count, bytes);
      publish(State.RUNNING, null);
    }
  }

  private synchronized void phase(Kind next) {
    phase = next.name().toLowerCase(Locale.ROOT);
    publish(State.RUNNING, null);
  }

  private synchronized void failed(String what) {
    failureCount++;
    if (failures.size() < MAX_FAILURES) {
      failures.add(what);
    }
    LOG.warn("Collection of weights: {}", what);
  }

  private void publish(State state, @Nullable Long endedAt) {
    report =
        new CollectionReport(
            state,
            dryRun,
            startedAt,
            endedAt,
            state == State.RUNNING ? phase : null,
            gone,
            List.copyOf(failures),
            state == State.DONE && failureCount == 0);
  }
}
