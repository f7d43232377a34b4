package dev.germline.app.layers;

import dev.germline.app.blobs.Blobs;
import dev.germline.app.identity.Caller;
import dev.germline.core.layers.FilePath;
import dev.germline.core.layers.LayerName;
import dev.germline.core.weights.ByteSource;

/** The bytes of layers' files, for what reads parts of them here. Thread-safe. */
public final class LayerBytes {
  private final Layers layers;
  private final Blobs blobs;

  public LayerBytes(Layers layers, Blobs blobs) {
    this.layers = layers;
    this.blobs = blobs;
  }

  /**
   * A file of a layer, for one thread.
   *
   * @throws dev.germline.core.GermlineException LAYER_NOT_FOUND, FILE_NOT_FOUND, STORE_UNAVAILABLE
   */
  public ByteSource open(Caller caller, LayerName name, FilePath path) {
    FileRows.Row file = layers.stored(layers.row(caller, name), path);
    return blobs.source(blobs.require(file.tenant(), file.blake3()));
  }
}
