package dev.germline.app.metrics;

import dev.germline.core.layers.LayerName;
import dev.germline.core.metrics.Measurement;
import dev.germline.core.substrate.Digest;
import java.util.List;

/**
 * What a request brought.
 *
 * @param digest BLAKE3 of its bytes and of the layer it was sent to
 */
record Batch(List<Row> rows, Digest digest) {
  /**
   * One of its measurements.
   *
   * @param line of the request, from 1
   */
  record Row(int line, LayerName layer, Measurement measurement) {}
}
