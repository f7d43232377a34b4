package dev.germline.core.merkle;

import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityRef;

/**
 * What the trees know of an entity; a stored substrate's rows of this shape rebuild a {@link
 * Forest}.
 *
 * @param leafV1 BLAKE3 of the entity's canonical bytes
 * @param leafV2 tagged BLAKE3 of the entity's encoding
 */
public record TreeRow(EntityRef ref, Digest leafV1, Digest leafV2) {}
