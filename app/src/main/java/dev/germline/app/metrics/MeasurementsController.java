package dev.germline.app.metrics;

import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.core.layers.LayerName;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Measured values: sent many at a time, read back as they came. */
@Controller("/api/v1")
@Secured(Role.ANY)
@Tag(name = "metrics")
final class MeasurementsController {
  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private final Measuring measuring;
  private final Metrics metrics;

  MeasurementsController(Measuring measuring, Metrics metrics) {
    this.measuring = measuring;
    this.metrics = metrics;
  }

  /**
   * Keeps measurements of any layers, each {@code {"layer", "taskType", "metricType", "value",
   * "measuredAt", "context"}}: all of them or none. One object, an array, or one object a line.
   * 201, or 200 when the same request was kept before under its key.
   *
   * @param key what the request is known by when it is sent again
   */
  @Post(value = "/measurements", consumes = MediaType.ALL)
  @RequestBody(
      content = {
        @Content(mediaType = "application/x-ndjson", schema = @Schema(type = "string")),
        @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object"))
      })
  HttpResponse<Measuring.Taken> take(
      Caller caller,
      @Header(IDEMPOTENCY_KEY) @Nullable String key,
      @Body @Nullable InputStream body)
      throws IOException {
    return taken(caller, null, key, body);
  }

  /** As {@code POST /measurements}, of one layer; its rows need not name it. */
  @Post(value = "/layers/{namespace}/{name}/{version}/measurements", consumes = MediaType.ALL)
  @RequestBody(
      content = {
        @Content(mediaType = "application/x-ndjson", schema = @Schema(type = "string")),
        @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object"))
      })
  HttpResponse<Measuring.Taken> takeOf(
      Caller caller,
      String namespace,
      String name,
      String version,
      @Header(IDEMPOTENCY_KEY) @Nullable String key,
      @Body @Nullable InputStream body)
      throws IOException {
    return taken(caller, LayerName.of(namespace, name, version), key, body);
  }

  private HttpResponse<Measuring.Taken> taken(
      Caller caller, @Nullable LayerName layer, @Nullable String key, @Nullable InputStream body)
      throws IOException {
    // Closing tells the server that what is unread after a refusal is not wanted.
    try (InputStream bytes = body == null ? InputStream.nullInputStream() : body) {
      Measuring.Taken taken = measuring.take(caller, layer, bytes, key);
      return taken.repeated() ? HttpResponse.ok(taken) : HttpResponse.created(taken);
    }
  }

  /**
   * Measurements as they came, newest first.
   *
   * @param task only of this task type
   * @param metric only of this metric type
   * @param from measured then or later, a time or a day
   * @param to measured before
   * @param limit at most so many, 1 to 1,000
   * @param cursor the nextCursor of the page before
   */
  @Get("/layers/{namespace}/{name}/{version}/measurements")
  MeasurementList list(
      Caller caller,
      String namespace,
      String name,
      String version,
      @QueryValue @Nullable String task,
      @QueryValue @Nullable String metric,
      @QueryValue @Nullable String from,
      @QueryValue @Nullable String to,
      @QueryValue(defaultValue = "100") int limit,
      @QueryValue @Nullable String cursor) {
    return MeasurementList.of(
        metrics.measurements(
            caller,
            LayerName.of(namespace, name, version),
            new MeasurementRows.Filter(
                task,
                metric,
                QueryTimes.time("from", from),
                QueryTimes.time("to", to),
                Cursors.measurements(cursor),
                QueryTimes.limit(limit, Metrics.MAX_PAGE))));
  }
}
