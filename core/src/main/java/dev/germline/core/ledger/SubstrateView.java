package dev.germline.core.ledger;

import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EdgeKey;
import dev.germline.core.substrate.EntityId;
import dev.germline.core.substrate.EntityRef;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@link Integrity} must know of one state of the substrate. All answers must be of the same
 * state. Only removals ask for dependents, only changed documents for their content.
 */
public interface SubstrateView {
  /** The root_v2 leaf of an entity, empty if it is not there (see {@code Forest.leafV2}). */
  Optional<Digest> leafV2(EntityRef ref);

  /** The full content hash of a document. */
  Optional<Digest> contentHash(EntityId document);

  /** The chunks of a document. */
  Collection<EntityId> chunksOf(EntityId document);

  /** The embeddings of a chunk. */
  Collection<EntityId> embeddingsOf(EntityId chunk);

  /** The edges from or to a document, chunk or embedding. */
  Collection<EdgeKey> edgesOf(EntityId entity);

  /** How many components the vectors of an embedding model have, empty if it has none yet. */
  OptionalInt dimensionOf(Digest modelHash);

  default boolean contains(EntityRef ref) {
    return leafV2(ref).isPresent();
  }

  /** Whether an edge may end at this id. */
  default boolean containsAny(EntityId id) {
    return contains(EntityRef.document(id))
        || contains(EntityRef.chunk(id))
        || contains(EntityRef.embedding(id));
  }
}
