package dev.germline.app.layers;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.FilePath;
import dev.germline.core.layers.Layer;
import dev.germline.core.layers.LayerFile;
import dev.germline.core.layers.LayerName;
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

  /**
   * A file of the layer.
   *
   * @throws GermlineException FILE_NOT_FOUND
   */
  LayerFile file(FilePath path) {
    return layer.manifest().files().stream()
        .filter(file -> file.path().equals(path))
        .findFirst()
        .orElseThrow(() -> noFile(row.name(), path));
  }

  static GermlineException noFile(LayerName name, FilePath path) {
    return new GermlineException(Fault.FILE_NOT_FOUND, "%s has no file %s".formatted(name, path));
  }

  /** The record's bytes. */
  public byte[] record() {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
