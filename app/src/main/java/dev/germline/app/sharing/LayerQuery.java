package dev.germline.app.sharing;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerStatus;
import dev.germline.core.layers.LayerType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for; absent parts match everything.
 *
 * @param text words, at most 512 characters
 * @param license an SPDX expression, exactly as the layer states it
 * @param status active unless something else is asked for
 * @param metrics all of which must hold, at most 4
 * @param reach only layers that may be offered so far
 * @param limit 1 to 100
 */
public record LayerQuery(
    @Nullable String text,
    @Nullable LayerType type,
    @Nullable String namespace,
    @Nullable String capability,
    @Nullable String license,
    @Nullable Boolean commercialUse,
    LayerStatus status,
    List<MetricThreshold> metrics,
    Scope reach,
    int limit) {
  public static final int MAX_LIMIT = 100;
  private static final int MAX_TEXT = 512;
  private static final int MAX_METRICS = 4;

  public LayerQuery {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new GermlineException(
          Fault.INVALID_REQUEST, "limit is from 1 to " + MAX_LIMIT + ", and not " + limit);
    }
    if (text != null && text.length() > MAX_TEXT) {
      throw new GermlineException(
          Fault.INVALID_REQUEST,
          "q is %d characters long; at most %d are taken".formatted(text.length(), MAX_TEXT));
    }
    metrics = List.copyOf(metrics);
    if (metrics.size() > MAX_METRICS) {
      throw new GermlineException(
          Fault.INVALID_REQUEST, "at most " + MAX_METRICS + " metrics are taken");
    }
    text = text == null || text.isBlank() ? null : text;
  }
}
