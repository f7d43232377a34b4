package dev.germline.blobstore.weights;

import dev.germline.core.weights.FileDigests;
import dev.germline.core.weights.TensorScan;

/**
 * A file that is in the store.
 *
 * @param scan its format and tensors
 * @param recipe names its pieces
 */
public record Stored(FileDigests.Result digests, TensorScan scan, long recipe) {}
