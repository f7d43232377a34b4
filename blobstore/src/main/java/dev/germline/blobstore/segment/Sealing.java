package dev.germline.blobstore.segment;

import dev.germline.core.substrate.Digest;

/**
 * How a segment is encrypted.
 *
 * @param dataKey the key that its own is derived from
 * @param salt 32 random bytes that make its own key differ from every other's
 */
public record Sealing(DataKeyId dataKey, Digest salt) {}
