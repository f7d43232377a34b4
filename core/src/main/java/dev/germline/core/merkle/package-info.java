/** Hashes, Merkle trees over the substrate and the proofs made from them (CP-001 section 5). */
@NullMarked
package dev.germline.core.merkle;

import org.jspecify.annotations.NullMarked;
