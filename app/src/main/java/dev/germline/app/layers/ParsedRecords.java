package dev.germline.app.layers;

import dev.germline.core.layers.Layer;
import dev.germline.core.layers.LayerJson;
import dev.germline.core.substrate.Digest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Records as layers. Those last used are kept: a record never changes, and reading thousands takes
 * longer than resolving them. Whoever asks has been told the digest by a row it may see.
 * Thread-safe.
 */
final class ParsedRecords {
  /** Of records as JSON; as layers they take a few times that. */
  private static final long MOST_BYTES = 32 << 20;

  private final Records records;
  private final LinkedHashMap<Digest, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  private record Kept(Layer layer, int bytes) {}

  ParsedRecords(Records records) {
    this.records = records;
  }

  /** The layers of these records. */
  Map<Digest, Layer> read(Collection<Digest> digests) {
    Map<Digest, Layer> layers = new HashMap<>();
    List<Digest> missing = new ArrayList<>();
    synchronized (kept) {
      for (Digest digest : digests) {
        Kept known = kept.get(digest);
        if (known == null) {
          missing.add(digest);
        } else {
          layers.put(digest, known.layer());
        }
      }
    }
    Map<Digest, byte[]> found = records.read(missing);
    for (Digest digest : missing) {
      byte[] record = found.get(digest);
      if (record == null) {
        throw Records.lost(digest);
      }
      Layer layer = LayerJson.parseStored(record);
      layers.put(digest, layer);
      keep(digest, new Kept(layer, record.length));
    }
    return layers;
  }

  private void keep(Digest digest, Kept layer) {
    synchronized (kept) {
      if (kept.put(digest, layer) == null) {
        bytes += layer.bytes();
      }
      var oldest = kept.entrySet().iterator();
      while (bytes > MOST_BYTES && oldest.hasNext()) {
        bytes -= oldest.next().getValue().bytes();
        oldest.remove();
      }
    }
  }
}
