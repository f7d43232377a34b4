package dev.germline.app.ledger;

import dev.germline.app.sql.Database;
import dev.germline.core.substrate.Chunk;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.Edge;
import dev.germline.core.substrate.Embedding;
import dev.germline.core.substrate.Entity;
import dev.germline.core.substrate.EntityId;
import dev.germline.core.substrate.EntityKind;
import dev.germline.core.substrate.EntityRef;
import dev.germline.graph.audit.LedgerSnapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/** All entities as one repeatable read of MySQL sees them, a page at a time. For one thread. */
public final class MySqlSnapshot implements LedgerSnapshot {
  private static final int PAGE = 1_000;

  private final Connection connection;
  private final GraphFeed feed;
  private final long sequence;

  private MySqlSnapshot(Connection connection, GraphFeed feed, long sequence) {
    this.connection = connection;
    this.feed = feed;
    this.sequence = sequence;
  }

  /** Opens the snapshot; it holds one connection until it is closed. */
  public static MySqlSnapshot open(Database database, GraphFeed feed) {
    return database.openSnapshot(connection ->
        new MySqlSnapshot(connection, feed, ChainTable.readHead(connection).sequence()));
  }

  @Override
  public long sequence() {
    return sequence;
  }

  @Override
  public Iterator<Document> documents() {
    return new Entities<>(EntityKind.DOCUMENT, Document.class);
  }

  @Override
  public Iterator<Chunk> chunks() {
    return new Entities<>(EntityKind.CHUNK, Chunk.class);
  }

  @Override
  public Iterator<Embedding> embeddings() {
    return new Entities<>(EntityKind.EMBEDDING, Embedding.class);
  }

  @Override
  public Iterator<Edge> edges() {
    return new Entities<>(EntityKind.EDGE, Edge.class);
  }

  @Override
  public Map<EntityId, Document> documents(Set<EntityId> ids) {
    Map<EntityId, Document> found = new HashMap<>();
    try {
      for (EntityId id : ids) {
        SubstrateTables.entity(connection, EntityRef.document(id))
            .ifPresent(entity -> found.put(id, (Document) entity));
      }
    } catch (SQLException failure) {
      throw Database.translate(connection, failure);
    }
    return found;
  }

  @Override
  public Map<Digest, byte[]> contents(Set<Digest> digests) {
    return feed.contents(digests); // contents are never changed, so any moment will do
  }

  @Override
  public void close() {
    Database.closeSnapshot(connection);
  }

  /** Entities of one kind by key, read page after page. */
  private final class Entities<T extends Entity> implements Iterator<T> {
    private final EntityKind kind;
    private final Class<T> type;
    private final Deque<T> page = new ArrayDeque<>();
    private byte[] after = new byte[0];
    private boolean ended;

    Entities(EntityKind kind, Class<T> type) {
      this.kind = kind;
      this.type = type;
    }

    @Override
    public boolean hasNext() {
      if (page.isEmpty() && !ended) {
        read();
      }
      return !page.isEmpty();
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no " + kind + " is left");
      }
      return page.removeFirst();
    }

    private void read() {
      try {
        List<Entity> entities = SubstrateTables.entitiesAfter(connection, kind, after, PAGE);
        ended = entities.size() < PAGE;
        entities.forEach(entity -> page.add(type.cast(entity)));
        if (!entities.isEmpty()) {
          after = entities.getLast().ref().key().bytes();
        }
      } catch (SQLException failure) {
        throw Database.translate(connection, failure);
      }
    }
  }
}
