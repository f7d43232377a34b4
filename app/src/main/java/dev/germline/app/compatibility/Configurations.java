package dev.germline.app.compatibility;

import dev.germline.app.identity.Caller;
import dev.germline.app.layers.LayerBytes;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.compatibility.Combination.Configuration;
import dev.germline.core.layers.Layer;
import dev.germline.core.layers.LayerFile;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.ByteSource;
import dev.germline.core.weights.ModelConfig;
import dev.germline.core.weights.PeftAdapter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the configuration files of layers say. Read when it is asked for, so that it holds for
 * layers of any age; what was read is kept by the hash of the file. Thread-safe.
 */
final class Configurations {
  private static final int MOST_KEPT = 1024;

  private final LayerBytes bytes;
  private final Map<Key, Read> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Read> eldest) {
          return size() > MOST_KEPT;
        }
      };

  Configurations(LayerBytes bytes) {
    this.bytes = bytes;
  }

  private record Key(String fileName, Digest blake3) {}

  /** What came of reading a file. */
  private sealed interface Read {
    record Model(ModelConfig config) implements Read {}

    record Adapter(PeftAdapter config) implements Read {}

    record Unreadable(String why) implements Read {}
  }

  /** Reads one file. */
  private interface Reader {
    Read read(String file, ByteSource source) throws IOException;
  }

  /**
   * What a layer's files say, those nearest to its top; empty if it has none.
   *
   * @param layer which the caller was allowed to see
   */
  Optional<Configuration> of(Caller caller, Layer layer) {
    ModelConfig model = null;
    PeftAdapter adapter = null;
    List<String> unreadable = new ArrayList<>();
    List<Read> all = new ArrayList<>();
    find(layer, ModelConfig.FILE)
        .map(file ->
            read(
                caller,
                layer,
                file,
                (name, source) -> new Read.Model(ModelConfig.read(name, source))))
        .ifPresent(all::add);
    find(layer, PeftAdapter.CONFIG)
        .map(file ->
            read(
                caller,
                layer,
                file,
                (name, source) -> new Read.Adapter(PeftAdapter.read(name, source))))
        .ifPresent(all::add);
    for (Read one : all) {
      switch (one) {
        case Read.Model(ModelConfig config) -> model = config;
        case Read.Adapter(PeftAdapter config) -> adapter = config;
        case Read.Unreadable(String why) -> unreadable.add(why);
      }
    }
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(new Configuration(model, adapter, unreadable));
  }

  private static Optional<LayerFile> find(Layer layer, String name) {
    return layer.manifest().files().stream()
        .filter(file -> file.path().fileName().equals(name))
        .min(Comparator.comparingInt(file -> depth(file.path().value())));
  }

  private static int depth(String path) {
    return (int) path.chars().filter(c -> c == '/').count();
  }

  private Read read(Caller caller, Layer layer, LayerFile file, Reader reader) {
    // Only the name: another's layer may have the same bytes at a path that is nobody's business.
    Key key = new Key(file.path().fileName(), file.blake3());
    synchronized (kept) {
      Read known = kept.get(key);
      if (known != null) {
        return known;
      }
    }
    Read read;
    try {
      read = reader.read(key.fileName(), bytes.open(caller, layer.name(), file.path()));
    } catch (GermlineException unfit) {
      if (unfit.fault() != Fault.FILE_INVALID && unfit.fault() != Fault.LIMIT_EXCEEDED) {
        throw unfit;
      }
      read = new Read.Unreadable(unfit.detail());
    } catch (IOException broken) {
      throw new GermlineException(
          Fault.STORE_UNAVAILABLE, file.path() + " cannot be read now; try again", broken);
    }
    synchronized (kept) {
      kept.put(key, read);
    }
    return read;
  }
}
