package dev.germline.app.blobs;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.FilePath;
import dev.germline.core.layers.LayerName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of a file before a layer has it. Only how small it is stored depends on it.
 *
 * @param path in the layer to be; empty: not known
 * @param parent the layer that it evolved from
 */
record Hints(String path, Optional<LayerName> parent) {
  private static final int LONGEST_PATH = 1024;

  /** As given in a request. INVALID_NAME for what is no path or no layer's name. */
  static Hints of(@Nullable String path, @Nullable String parent) {
    String checked = path == null || path.isEmpty() ? "" : FilePath.parse(path).value();
    if (checked.length() > LONGEST_PATH) {
      throw new GermlineException(
          Fault.INVALID_NAME, "path has more than " + LONGEST_PATH + " characters");
    }
    return new Hints(checked, Optional.ofNullable(parent).map(LayerName::parse));
  }
}
