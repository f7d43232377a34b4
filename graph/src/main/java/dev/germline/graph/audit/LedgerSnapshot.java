package dev.germline.graph.audit;

import dev.germline.core.substrate.Chunk;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.Edge;
import dev.germline.core.substrate.Embedding;
import dev.germline.core.substrate.EntityId;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * All entities of the ledger at one moment, as a consistent read of MySQL gives them. The iterators
 * ascend by key, each is read once, and several are read in turns. Used by one thread.
 */
public interface LedgerSnapshot extends AutoCloseable {
  /** The ledger sequence of that moment. */
  long sequence();

  Iterator<Document> documents();

  Iterator<Chunk> chunks();

  Iterator<Embedding> embeddings();

  Iterator<Edge> edges();

  /** Those of these entities that are documents; at most some thousands are asked for at once. */
  Map<EntityId, Document> documents(Set<EntityId> ids);

  /** The contents that are stored, of these records; what is not stored anywhere is left out. */
  Map<Digest, byte[]> contents(Set<Digest> digests);

  @Override
  void close();
}
