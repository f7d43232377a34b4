package dev.germline.app.metrics;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.germline.core.metrics.Measurement;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Measurements as they came.
 *
 * @param nextCursor give it as {@code cursor} to get the next page; absent on the last
 */
@Schema(name = "MeasurementList")
@JsonInclude(JsonInclude.Include.NON_NULL)
record MeasurementList(List<Item> items, @Nullable String nextCursor) {
  static MeasurementList of(Metrics.Page page) {
    return new MeasurementList(page.items().stream().map(Item::of).toList(), page.nextCursor());
  }

  /**
   * One of them.
   *
   * @param batch number of the request that brought it
   * @param measuredAt RFC 3339
   */
  @Schema(name = "MeasurementItem")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Item(
      String taskType,
      String metricType,
      double value,
      String measuredAt,
      String measuredBy,
      long batch,
      @JsonRawValue @Schema(type = "object", implementation = Object.class)
          @Nullable String context) {
    static Item of(MeasurementRows.Kept kept) {
      Measurement measurement = kept.measurement();
      return new Item(
          measurement.taskType(),
          measurement.metricType(),
          measurement.value(),
          measurement.measuredAt().toString(),
          kept.by(),
          kept.batch(),
          measurement.context());
    }
  }
}
