package dev.germline.app.ledger;

import dev.germline.core.ledger.SignedStateRoot;
import dev.germline.core.merkle.Forest;
import dev.germline.core.substrate.Digest;
import org.jspecify.annotations.Nullable;

/**
 * The end of the chain as this process knows it, with the trees of exactly that state. Immutable.
 *
 * @param sequence 0 for the empty substrate
 * @param recordHash zeros for the empty substrate
 * @param root null for the empty substrate
 * @param forest the trees whose roots {@code root} signs
 */
public record Head(
    long sequence, Digest recordHash, @Nullable SignedStateRoot root, Forest forest) {
  static final Head EMPTY = new Head(0, Digest.of(new byte[Digest.BYTES]), null, Forest.empty());
}
