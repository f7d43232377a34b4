package dev.germline.app.blobs;

import dev.germline.core.weights.FileDigests;
import dev.germline.core.weights.Tenant;

/**
 * A file whose bytes were received whole.
 *
 * @param id of its row
 * @param recipe names its pieces in the store
 */
public record Blob(long id, Tenant tenant, FileDigests.Result digests, long recipe) {}
