package dev.germline.core.layers;

import dev.germline.core.substrate.Digest;
import org.jspecify.annotations.Nullable;

/**
 * A data set a layer learned from.
 *
 * @param name as its publisher names it, such as {@code wikimedia/wikipedia}
 * @param uri where it can be had
 * @param revision which state of it
 * @param digest BLAKE3 of its bytes, where they are known
 */
public record DatasetRef(
    String name, @Nullable String uri, @Nullable String revision, @Nullable Digest digest) {
  public DatasetRef {
    Check.text("name", name);
    uri = Check.optionalText("uri", uri, 2048);
    revision = Check.optionalText("revision", revision);
  }
}
