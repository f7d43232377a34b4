package dev.germline.core.merkle;

import dev.germline.core.substrate.Digest;

/**
 * One of the four v1 trees in short.
 *
 * @param hash its root
 * @param count its leaves, 0 or more; without it the root does not say how many there are
 */
public record TreeRoot(Digest hash, long count) {}
