package dev.germline.app.blobs;

import dev.germline.app.identity.Caller;
import dev.germline.core.layers.LayerName;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.Tenant;
import java.util.Optional;

/** What blobs must know of the layers that have them. */
public interface LayerFiles {
  /** The tenant of a layer that the caller may see and that has this content, if there is one. */
  Optional<Tenant> readable(Caller caller, Digest blake3);

  /**
   * The content of a parent that a file is likely to have come from: of the same path, or the
   * largest of the same format.
   *
   * @throws dev.germline.core.GermlineException LAYER_NOT_FOUND when the caller sees no such layer
   */
  Optional<Digest> counterpart(Caller caller, LayerName parent, String path);
}
