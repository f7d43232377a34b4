package dev.germline.app.blobs;

import dev.germline.app.identity.Caller;
import dev.germline.core.substrate.Digest;

/** What blobs need of the registry of layers. */
@FunctionalInterface
public interface ReadableBlobs {
  /** Whether a layer that the caller may see has a file with this content. */
  boolean readable(Caller caller, Digest blake3);
}
