package dev.germline.app.metrics;

import dev.germline.app.identity.Caller;
import dev.germline.app.layers.LayerRow;
import dev.germline.app.layers.Layers;
import dev.germline.app.sql.Database;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerFile;
import dev.germline.core.layers.LayerName;
import dev.germline.core.metrics.PerformanceProfile;
import dev.germline.core.metrics.Period;
import dev.germline.core.metrics.Series;
import dev.germline.core.metrics.SeriesSummary;
import dev.germline.core.substrate.EntityId;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the measurements of layers come to. A layer the caller may not see is left out, or does not
 * exist. Reads the sums of days, one row at a time, so neither its memory nor its time depends on
 * how much was measured in a day. Thread-safe.
 */
public final class Metrics {
  /** Days that {@link #recent} looks back. */
  public static final int RECENT_DAYS = 90;

  static final int MAX_PAGE = 1000;
  private static final int MAX_SUMMARIES = 10_000;

  private final Database database;
  private final Layers layers;
  private final Clock clock;

  public Metrics(Database database, Layers layers, Clock clock) {
    this.database = database;
    this.layers = layers;
    this.clock = clock;
  }

  /**
   * Which measurements count; absent parts match everything.
   *
   * @param from the first day (UTC)
   * @param to the first day that does not count any more
   */
  public record Window(
      @Nullable String taskType,
      @Nullable String metricType,
      @Nullable LocalDate from,
      @Nullable LocalDate to) {
    private static final LocalDate NEVER = LocalDate.of(9999, 12, 31);

    private DayRows.Filter filter() {
      return new DayRows.Filter(
          taskType,
          metricType,
          Objects.requireNonNullElse(from, LocalDate.EPOCH),
          Objects.requireNonNullElse(to, NEVER));
    }
  }

  /**
   * The summary of a period.
   *
   * @param start its first day; of {@link Period#ALL} 1970-01-01
   */
  public record PeriodSummary(LocalDate start, SeriesSummary series) {}

  /**
   * Measurements as they came, newest first.
   *
   * @param nextCursor where the next page starts; absent on the last
   */
  record Page(List<MeasurementRows.Kept> items, @Nullable String nextCursor) {}

  /** The last {@link #RECENT_DAYS} days, this one included. */
  public Window recent() {
    return new Window(null, null, LocalDate.now(clock).minusDays(RECENT_DAYS - 1L), null);
  }

  /**
   * Summaries of many layers, in one query. Whoever has a {@link LayerRow} was allowed to see it.
   *
   * @return by id, each in the order of task and metric; without the layers that have none
   * @throws GermlineException LIMIT_EXCEEDED when there are more than 10,000
   */
  public Map<EntityId, List<SeriesSummary>> summaries(Collection<LayerRow> seen, Window window) {
    Map<EntityId, List<SeriesSummary>> found = new HashMap<>();
    Set<EntityId> ids = seen.stream().map(LayerRow::id).collect(Collectors.toSet());
    collect(
        ids,
        window,
        Period.ALL,
        (layer, summary) ->
            found.computeIfAbsent(layer, _ -> new ArrayList<>()).add(summary.series()));
    return found;
  }

  /**
   * Summaries of many layers by id, in two queries; those that the caller may not see are left out.
   *
   * @param ids at most {@link Layers#MAX_AT_ONCE}
   * @throws GermlineException LIMIT_EXCEEDED
   */
  public Map<EntityId, List<SeriesSummary>> summariesById(
      Caller caller, Collection<EntityId> ids, Window window) {
    return summaries(layers.rowsById(caller, ids).values(), window);
  }

  /** As {@link #summariesById} by name. */
  public Map<LayerName, List<SeriesSummary>> summariesByName(
      Caller caller, Collection<LayerName> names, Window window) {
    Collection<LayerRow> rows = layers.rows(caller, names).values();
    Map<EntityId, List<SeriesSummary>> byId = summaries(rows, window);
    Map<LayerName, List<SeriesSummary>> found = new HashMap<>();
    for (LayerRow row : rows) {
      List<SeriesSummary> summaries = byId.get(row.id());
      if (summaries != null) {
        found.put(row.name(), summaries);
      }
    }
    return found;
  }

  /**
   * Summaries of one layer by task, metric and period, in this order.
   *
   * @throws GermlineException LAYER_NOT_FOUND; LIMIT_EXCEEDED when there are more than 10,000
   */
  public List<PeriodSummary> summaries(
      Caller caller, LayerName name, Period period, Window window) {
    LayerRow layer = layers.row(caller, name);
    List<PeriodSummary> found = new ArrayList<>();
    collect(Set.of(layer.id()), window, period, (_, summary) -> found.add(summary));
    return found;
  }

  /**
   * The performance profile of a layer, from what is in the window.
   *
   * @throws GermlineException LAYER_NOT_FOUND
   */
  public PerformanceProfile profile(Caller caller, LayerName name, Window window) {
    return PerformanceProfile.of(
        summaries(caller, name, Period.ALL, window).stream().map(PeriodSummary::series).toList());
  }

  /**
   * Bytes of a layer's files, each content once.
   *
   * @throws GermlineException LAYER_NOT_FOUND
   */
  long filesBytes(Caller caller, LayerName name) {
    return layers.get(caller, name).layer().manifest().files().stream()
        .collect(Collectors.toMap(LayerFile::blake3, LayerFile::sizeBytes, (one, _) -> one))
        .values()
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /**
   * Measurements as they came.
   *
   * @throws GermlineException LAYER_NOT_FOUND
   */
  Page measurements(Caller caller, LayerName name, MeasurementRows.Filter filter) {
    LayerRow layer = layers.row(caller, name);
    List<MeasurementRows.Kept> rows =
        database.read(connection -> MeasurementRows.page(connection, layer.id(), filter));
    if (rows.size() <= filter.limit()) {
      return new Page(rows, null);
    }
    MeasurementRows.Kept last = rows.get(filter.limit() - 1);
    long at = last.measurement().measuredAt().toEpochMilli();
    return new Page(
        rows.subList(0, filter.limit()), at + "." + last.batch() + "." + last.position());
  }

  private interface Found {
    void summary(EntityId layer, PeriodSummary summary);
  }

  private void collect(Set<EntityId> ids, Window window, Period period, Found found) {
    if (ids.isEmpty()) {
      return;
    }
    Merging merging = new Merging(period, found);
    database.read(connection -> {
      DayRows.forEach(connection, ids, window.filter(), merging::day);
      return ids;
    });
    merging.end();
  }

  /** Days come in order, so of all sums only one is open. */
  private static final class Merging {
    private final Function<LocalDate, LocalDate> start;
    private final Found found;
    private DayRows.@Nullable Key open;
    private Series sum = new Series();
    private int given;

    Merging(Period period, Found found) {
      this.start = period::start;
      this.found = found;
    }

    void day(DayRows.Key key, Series day) {
      DayRows.Key period =
          new DayRows.Key(key.layer(), key.task(), key.metric(), start.apply(key.day()));
      if (!period.equals(open)) {
        end();
        open = period;
        sum = new Series();
      }
      sum.merge(day);
    }

    void end() {
      DayRows.Key key = open;
      if (key == null || sum.count() == 0) {
        return;
      }
      if (++given > MAX_SUMMARIES) {
        throw new GermlineException(
            Fault.LIMIT_EXCEEDED,
            "more than %d summaries; ask for a longer period, a task, a metric or fewer days"
                .formatted(MAX_SUMMARIES));
      }
      found.summary(
          key.layer(),
          new PeriodSummary(key.day(), new SeriesSummary(key.task(), key.metric(), sum.summary())));
    }
  }
}
