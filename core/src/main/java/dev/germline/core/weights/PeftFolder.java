package dev.germline.core.weights;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A folder that holds a PEFT adapter, or one half of it.
 *
 * @param folder its path, empty for the layer's own
 * @param config path of {@code adapter_config.json}, if it is there
 * @param weights path of {@code adapter_model.safetensors}, if it is there
 */
public record PeftFolder(String folder, @Nullable String config, @Nullable String weights) {

  /** Whether both halves are there. */
  public boolean complete() {
    return config != null && weights != null;
  }

  /** Every folder among these paths (parted by {@code /}) with at least one half, by name. */
  public static List<PeftFolder> among(Collection<String> paths) {
    SortedMap<String, PeftFolder> folders = new TreeMap<>();
    for (String path : paths) {
      int slash = path.lastIndexOf('/');
      String folder = slash < 0 ? "" : path.substring(0, slash);
      String name = path.substring(slash + 1);
      PeftFolder known = folders.getOrDefault(folder, new PeftFolder(folder, null, null));
      if (name.equals(PeftAdapter.CONFIG)) {
        folders.put(folder, new PeftFolder(folder, path, known.weights));
      } else if (name.equals(PeftAdapter.WEIGHTS)) {
        folders.put(folder, new PeftFolder(folder, known.config, path));
      }
    }
    return List.copyOf(folders.values());
  }
}
