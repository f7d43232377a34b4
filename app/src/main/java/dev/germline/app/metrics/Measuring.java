package dev.germline.app.metrics;

import dev.germline.app.identity.Caller;
import dev.germline.app.layers.LayerRow;
import dev.germline.app.layers.Layers;
import dev.germline.app.sql.Database;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerName;
import dev.germline.core.metrics.Measurement;
import dev.germline.core.metrics.Series;
import java.io.InputStream;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes measurements, many in a request: all of them, or none. Anyone who sees a layer may measure
 * it; the rows say who did. Thread-safe.
 */
public final class Measuring {
  private static final int WAIT_SECONDS = 10;
  private static final Pattern KEY = Pattern.compile("[!-~]{1,128}");

  private final Database database;
  private final Layers layers;
  private final Times times;
  private final BatchReader reader;
  private final Semaphore turns;

  public Measuring(Database database, Layers layers, MetricsSettings settings, Clock clock) {
    this.database = database;
    this.layers = layers;
    this.times = new Times(clock, settings);
    this.reader = new BatchReader(settings, times);
    this.turns = new Semaphore(settings.batchesAtOnce(), true);
  }

  /**
   * What was kept.
   *
   * @param batch number of the request
   * @param measurements how many it has
   * @param repeated whether it was taken before, under the same key
   */
  public record Taken(long batch, int measurements, boolean repeated) {}

  /**
   * Keeps all measurements of a request. One that has the key and the bytes of an earlier one of
   * the same caller is answered as that one was, and counts once.
   *
   * @param only the layer all of them are of; absent when each names its own
   * @param key 1 to 128 visible characters; absent: what is sent again counts again
   * @throws GermlineException as {@link BatchReader#read}; LAYER_NOT_FOUND, KEY_REUSED, OVERLOADED
   */
  public Taken take(
      Caller caller, @Nullable LayerName only, InputStream body, @Nullable String key) {
    if (key != null && !KEY.matcher(key).matches()) {
      throw new GermlineException(
          Fault.INVALID_REQUEST,
          "Idempotency-Key is 1 to 128 visible ASCII characters, such as a UUID");
    }
    if (only != null) {
      layers.row(caller, only);
    }
    acquire();
    try {
      return take(caller, reader.read(only, body), key);
    } finally {
      turns.release();
    }
  }

  private void acquire() {
    try {
      if (turns.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    throw new GermlineException(
        Fault.OVERLOADED, "too many measurements arrive at once; send them again shortly");
  }

  private Taken take(Caller caller, Batch batch, @Nullable String key) {
    Map<LayerName, LayerRow> known =
        layers.rows(
            caller, batch.rows().stream().map(Batch.Row::layer).collect(Collectors.toSet()));
    List<MeasurementRows.Placed> placed = new ArrayList<>(batch.rows().size());
    SortedMap<DayRows.Key, Series> days = new TreeMap<>();
    for (Batch.Row row : batch.rows()) {
      LayerRow layer = known.get(row.layer());
      if (layer == null) {
        throw new GermlineException(
            Fault.LAYER_NOT_FOUND,
            "line %d: there is no layer %s; nothing of the request was kept"
                .formatted(row.line(), row.layer()));
      }
      placed.add(new MeasurementRows.Placed(layer.id(), row.measurement()));
      days.computeIfAbsent(day(layer, row.measurement()), _ -> new Series())
          .add(row.measurement().measuredAt().toEpochMilli(), row.measurement().value());
    }
    return database.transact(connection -> {
      OptionalLong number = BatchRows.insert(connection, caller.name(), key, batch, times.now());
      if (number.isEmpty() && key != null) {
        return again(BatchRows.find(connection, caller.name(), key), batch, key);
      }
      MeasurementRows.insert(connection, number.orElseThrow(), caller.name(), placed);
      // Last: others who measure the same today wait from here on.
      DayRows.add(connection, days);
      return new Taken(number.orElseThrow(), placed.size(), false);
    });
  }

  private static DayRows.Key day(LayerRow layer, Measurement measurement) {
    return new DayRows.Key(
        layer.id(),
        measurement.taskType(),
        measurement.metricType(),
        LocalDate.ofInstant(measurement.measuredAt(), ZoneOffset.UTC));
  }

  private static Taken again(BatchRows.Known known, Batch batch, String key) {
    if (!known.digest().equals(batch.digest())) {
      throw new GermlineException(
          Fault.KEY_REUSED,
          "the Idempotency-Key '%s' was sent with other measurements; each request needs its own"
              .formatted(key));
    }
    return new Taken(known.id(), known.measurements(), true);
  }
}
