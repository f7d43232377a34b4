package dev.germline.graph;

import dev.germline.core.ledger.CognitiveDiff;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Chunk;
import dev.germline.core.substrate.DeviceId;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.Edge;
import dev.germline.core.substrate.EdgeKey;
import dev.germline.core.substrate.Embedding;
import dev.germline.core.substrate.Entity;
import dev.germline.core.substrate.EntityId;
import dev.germline.core.substrate.UnknownFields;
import dev.germline.graph.audit.LedgerSnapshot;
import dev.germline.graph.projection.CommittedDiff;
import dev.germline.graph.projection.LedgerFeed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A ledger without roots and signatures: applies batches with their cascades, keeps the diffs, and
 * knows its entities. Every content is kept in memory. Thread-safe.
 */
public final class MemoryLedger implements LedgerFeed {
  private final String name;
  private final List<CommittedDiff> diffs = new ArrayList<>();
  private final Map<Digest, byte[]> contents = new HashMap<>();
  private final TreeMap<EntityId, Document> documents = new TreeMap<>();
  private final TreeMap<EntityId, Chunk> chunks = new TreeMap<>();
  private final TreeMap<EntityId, Embedding> embeddings = new TreeMap<>();
  private final TreeMap<EdgeKey, Edge> edges = new TreeMap<>();

  /**
   * @param name tells the record hashes of one ledger from those of another
   */
  public MemoryLedger(String name) {
    this.name = name;
  }

  public synchronized long head() {
    return diffs.size();
  }

  public synchronized void content(byte[] content) {
    contents.put(Blake3.hash(content), content);
  }

  public long put(Entity... upserts) {
    return commit(List.of(upserts), List.of());
  }

  public long put(Collection<? extends Entity> upserts) {
    return commit(upserts, List.of());
  }

  /** Removes documents, with their chunks, embeddings and edges. */
  public long remove(EntityId... ids) {
    return commit(List.of(), List.of(ids));
  }

  public synchronized long removeEdge(EdgeKey key) {
    edges.remove(key);
    return append(List.of(), Set.of(), Set.of(), Set.of(), Set.of(key));
  }

  public synchronized long commit(Collection<? extends Entity> upserts, Collection<EntityId> gone) {
    Set<EntityId> goneChunks =
        ids(chunks.values().stream().filter(c -> gone.contains(c.documentId())).map(Chunk::id));
    Set<EntityId> goneEmbeddings =
        ids(
            embeddings.values().stream()
                .filter(e -> goneChunks.contains(e.chunkId()))
                .map(Embedding::id));
    Set<EntityId> all = new HashSet<>(gone);
    all.addAll(goneChunks);
    all.addAll(goneEmbeddings);
    Set<EdgeKey> goneEdges = new TreeSet<>();
    for (EdgeKey key : edges.keySet()) {
      if (all.contains(key.source()) || all.contains(key.target())) {
        goneEdges.add(key);
      }
    }
    documents.keySet().removeAll(gone);
    chunks.keySet().removeAll(goneChunks);
    embeddings.keySet().removeAll(goneEmbeddings);
    edges.keySet().removeAll(goneEdges);
    return append(upserts, new TreeSet<>(gone), goneChunks, goneEmbeddings, goneEdges);
  }

  private static Set<EntityId> ids(Stream<EntityId> ids) {
    return ids.collect(Collectors.toCollection(TreeSet::new));
  }

  private long append(
      Collection<? extends Entity> upserts,
      Set<EntityId> goneDocuments,
      Set<EntityId> goneChunks,
      Set<EntityId> goneEmbeddings,
      Set<EdgeKey> goneEdges) {
    TreeMap<EntityId, Document> d = new TreeMap<>();
    TreeMap<EntityId, Chunk> c = new TreeMap<>();
    TreeMap<EntityId, Embedding> m = new TreeMap<>();
    TreeMap<EdgeKey, Edge> e = new TreeMap<>();
    for (Entity upsert : upserts) {
      switch (upsert) {
        case Document x -> d.put(x.id(), x);
        case Chunk x -> c.put(x.id(), x);
        case Embedding x -> m.put(x.id(), x);
        case Edge x -> e.put(x.key(), x);
      }
    }
    documents.putAll(d);
    chunks.putAll(c);
    embeddings.putAll(m);
    edges.putAll(e);
    long sequence = diffs.size() + 1L;
    Digest zero = Digest.of(new byte[Digest.BYTES]);
    diffs.add(
        new CommittedDiff(
            sequence,
            Blake3.hash((name + sequence).getBytes(StandardCharsets.UTF_8)),
            new CognitiveDiff(
                List.copyOf(d.values()),
                List.copyOf(c.values()),
                List.copyOf(m.values()),
                List.copyOf(e.values()),
                goneDocuments.stream().filter(id -> !d.containsKey(id)).toList(),
                goneChunks.stream().filter(id -> !c.containsKey(id)).toList(),
                goneEmbeddings.stream().filter(id -> !m.containsKey(id)).toList(),
                goneEdges.stream().filter(key -> !e.containsKey(key)).toList(),
                zero,
                zero,
                0,
                new DeviceId(0, 0),
                sequence,
                UnknownFields.NONE)));
    return sequence;
  }

  @Override
  public synchronized List<CommittedDiff> readAfter(long sequence, int maxDiffs) {
    if (sequence >= diffs.size()) {
      return List.of();
    }
    int to = (int) Math.min(diffs.size(), sequence + maxDiffs);
    return List.copyOf(diffs.subList((int) sequence, to));
  }

  @Override
  public synchronized Map<Digest, byte[]> contents(Set<Digest> digests) {
    Map<Digest, byte[]> found = new HashMap<>(contents);
    found.keySet().retainAll(digests);
    return found;
  }

  /** The entities as they are now. */
  public synchronized LedgerSnapshot snapshot() {
    return new Snapshot(
        head(),
        new TreeMap<>(documents),
        new TreeMap<>(chunks),
        new TreeMap<>(embeddings),
        new TreeMap<>(edges));
  }

  private final class Snapshot implements LedgerSnapshot {
    private final long sequence;
    private final Map<EntityId, Document> documents;
    private final Map<EntityId, Chunk> chunks;
    private final Map<EntityId, Embedding> embeddings;
    private final Map<EdgeKey, Edge> edges;

    private Snapshot(
        long sequence,
        Map<EntityId, Document> documents,
        Map<EntityId, Chunk> chunks,
        Map<EntityId, Embedding> embeddings,
        Map<EdgeKey, Edge> edges) {
      this.sequence = sequence;
      this.documents = documents;
      this.chunks = chunks;
      this.embeddings = embeddings;
      this.edges = edges;
    }

    @Override
    public long sequence() {
      return sequence;
    }

    @Override
    public Iterator<Document> documents() {
      return documents.values().iterator();
    }

    @Override
    public Iterator<Chunk> chunks() {
      return chunks.values().iterator();
    }

    @Override
    public Iterator<Embedding> embeddings() {
      return embeddings.values().iterator();
    }

    @Override
    public Iterator<Edge> edges() {
      return edges.values().iterator();
    }

    @Override
    public Map<EntityId, Document> documents(Set<EntityId> ids) {
      Map<EntityId, Document> found = new HashMap<>(documents);
      found.keySet().retainAll(ids);
      return found;
    }

    @Override
    public Map<Digest, byte[]> contents(Set<Digest> digests) {
      return MemoryLedger.this.contents(digests);
    }

    @Override
    public void close() {}
  }
}
