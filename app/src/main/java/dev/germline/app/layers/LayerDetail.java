package dev.germline.app.layers;

import dev.germline.core.layers.Layer;
import java.nio.charset.StandardCharsets;

/**
 * A published layer with its record.
 *
 * @param json the record: RFC 8785 canonical JSON, whose BLAKE3 is the row's digest
 * @param layer the record as it is read here
 */
public record LayerDetail(LayerRow row, String json, Layer layer) {
  static LayerDetail of(LayerRow row, byte[] record, Layer layer) {
    return new LayerDetail(row, new String(record, StandardCharsets.UTF_8), layer);
  }

  /** The record's bytes. */
  public byte[] record() {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
