package dev.germline.blobstore.keys;

import dev.germline.blobstore.segment.DataKeyId;
import dev.germline.core.weights.Tenant;
import java.time.Instant;

/**
 * A stored data key.
 *
 * @param id names it
 * @param tenant whose segments it encrypts
 * @param wrapping its secret
 * @param createdAt when it was made, to the millisecond
 */
public record WrappedKey(DataKeyId id, Tenant tenant, Wrapping wrapping, Instant createdAt) {}
