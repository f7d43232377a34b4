package dev.germline.app.layers;

import dev.germline.app.blobs.Blob;
import dev.germline.core.weights.FileFormat;
import dev.germline.core.weights.TensorSpan;

/**
 * A tensor of a layer.
 *
 * @param file path of the file that has it
 * @param span where it lies there
 */
public record StoredTensor(String file, FileFormat format, Blob blob, TensorSpan span) {
  /** The same for these bytes only. */
  String tag() {
    return blob.digests().blake3().toHex() + ":" + span.begin() + "-" + span.end();
  }
}
