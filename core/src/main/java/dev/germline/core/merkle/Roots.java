package dev.germline.core.merkle;

import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityKind;

/**
 * Every commitment to one state of the substrate: the four v1 trees and root_v2.
 *
 * @param v2 root of the sparse tree over all entities
 */
public record Roots(
    TreeRoot documents, TreeRoot chunks, TreeRoot embeddings, TreeRoot edges, Digest v2) {

  /** The root of one v1 tree. */
  public TreeRoot of(EntityKind kind) {
    return switch (kind) {
      case DOCUMENT -> documents;
      case CHUNK -> chunks;
      case EMBEDDING -> embeddings;
      case EDGE -> edges;
    };
  }

  /** The CP-001 state root: BLAKE3 of the four roots in the order of {@link EntityKind}. */
  public Digest stateRoot() {
    byte[] joined = new byte[4 * Digest.BYTES];
    for (EntityKind kind : EntityKind.values()) {
      of(kind).hash().copyTo(joined, (kind.tag() - 1) * Digest.BYTES);
    }
    return Blake3.hash(joined);
  }
}
