package dev.germline.app.layers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.germline.app.identity.Caller;
import dev.germline.app.sql.Database;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerName;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Measurements of layers: many, unsigned, in MySQL only (docs/life-of-a-fact.md). Anyone who sees a
 * layer may measure it; the row says who did. Thread-safe.
 */
public final class Measurements {
  private static final int MAX_TEXT = 128;
  private static final int MAX_CONTEXT_CHARS = 16_384;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Database database;
  private final Layers layers;
  private final Clock clock;

  public Measurements(Database database, Layers layers, Clock clock) {
    this.database = database;
    this.layers = layers;
    this.clock = clock;
  }

  /**
   * One measured value.
   *
   * @param taskType what was done, 1 to 128 characters, such as {@code retrieval}
   * @param metricType what was measured, such as {@code accuracy} or {@code latency-ms}
   * @param value finite; the metric's name says the unit
   * @param measuredAt absent: now
   * @param context whatever helps to read it, a JSON object of at most 16,384 characters
   */
  record Performance(
      @Nullable String taskType,
      @Nullable String metricType,
      @Nullable Double value,
      @Nullable Instant measuredAt,
      @Nullable JsonNode context) {}

  /**
   * One use of a layer.
   *
   * @param sessionId what it was part of, 1 to 128 characters
   * @param startedAt absent: now
   * @param endedAt absent: not ended
   * @param performanceRating 0 to 1, how well it went; absent: not rated
   */
  record Usage(
      @Nullable String sessionId,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable Double performanceRating) {}

  /**
   * Keeps a measured value.
   *
   * @throws GermlineException LAYER_NOT_FOUND, INVALID_REQUEST
   */
  void measured(Caller caller, LayerName name, Performance performance) {
    String task = text("taskType", performance.taskType());
    String metric = text("metricType", performance.metricType());
    Double value = performance.value();
    if (value == null || !Double.isFinite(value)) {
      throw invalid("value is a finite number, and not " + value);
    }
    String context = context(performance.context());
    Instant at = performance.measuredAt() == null ? clock.instant() : performance.measuredAt();
    LayerRow layer = layers.row(caller, name);
    database.transact(connection -> {
      MeasurementRows.insertPerformance(
          connection, layer.id(), caller.name(), task, metric, value, at, context);
      return layer;
    });
  }

  /**
   * Keeps a use.
   *
   * @throws GermlineException LAYER_NOT_FOUND, INVALID_REQUEST
   */
  void used(Caller caller, LayerName name, Usage usage) {
    String session = text("sessionId", usage.sessionId());
    Double rating = usage.performanceRating();
    if (rating != null && !(rating >= 0 && rating <= 1)) {
      throw invalid("performanceRating is from 0 to 1, and not " + rating);
    }
    Instant start = usage.startedAt() == null ? clock.instant() : usage.startedAt();
    Instant end = usage.endedAt();
    if (end != null && end.isBefore(start)) {
      throw invalid("endedAt %s is before startedAt %s".formatted(end, start));
    }
    LayerRow layer = layers.row(caller, name);
    database.transact(connection -> {
      MeasurementRows.insertUsage(
          connection, layer.id(), caller.name(), session, start, end, rating);
      return layer;
    });
  }

  private static @Nullable String context(@Nullable JsonNode context) {
    if (context == null || context.isNull()) {
      return null;
    }
    if (!context.isObject()) {
      throw invalid("context is a JSON object");
    }
    try {
      String json = JSON.writeValueAsString(context);
      if (json.length() > MAX_CONTEXT_CHARS) {
        throw new GermlineException(
            Fault.LIMIT_EXCEEDED,
            "context has %d characters; at most %d are kept"
                .formatted(json.length(), MAX_CONTEXT_CHARS));
      }
      return json;
    } catch (JsonProcessingException impossible) {
      throw new GermlineException(Fault.INTERNAL, "a JSON tree is not JSON", impossible);
    }
  }

  private static String text(String member, @Nullable String value) {
    if (value == null || value.isBlank() || value.length() > MAX_TEXT) {
      throw invalid(member + " is a text of 1 to " + MAX_TEXT + " characters");
    }
    return value;
  }

  private static GermlineException invalid(String detail) {
    return new GermlineException(Fault.INVALID_REQUEST, detail);
  }
}
