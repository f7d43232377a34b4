package dev.germline.app.layers;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Pieces of one encoding.
 *
 * @param encoding as docs/weight-format.md describes it, such as raw, planes or delta+buckets
 * @param rawBytes of the pieces
 * @param storedBytes of their frames
 */
@Schema(name = "EncodingUse")
record EncodingUse(String encoding, long pieces, long rawBytes, long storedBytes) {
  /** The largest first. */
  static List<EncodingUse> of(List<StorageRows.Group> groups) {
    Map<String, EncodingUse> sums = new TreeMap<>();
    for (StorageRows.Group group : groups) {
      sums.merge(
          group.encoding(),
          new EncodingUse(group.encoding(), group.pieces(), group.rawBytes(), group.storedBytes()),
          EncodingUse::plus);
    }
    return sums.values().stream()
        .sorted(Comparator.comparingLong(EncodingUse::storedBytes).reversed())
        .toList();
  }

  private EncodingUse plus(EncodingUse more) {
    return new EncodingUse(
        encoding, pieces + more.pieces, rawBytes + more.rawBytes, storedBytes + more.storedBytes);
  }
}
