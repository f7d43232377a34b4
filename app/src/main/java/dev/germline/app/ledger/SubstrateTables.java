package dev.germline.app.ledger;

import dev.germline.core.merkle.EntityLeaf;
import dev.germline.core.merkle.TreeRow;
import dev.germline.core.substrate.Chunk;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.Edge;
import dev.germline.core.substrate.EdgeKey;
import dev.germline.core.substrate.EdgeKind;
import dev.germline.core.substrate.Embedding;
import dev.germline.core.substrate.Entity;
import dev.germline.core.substrate.EntityCodec;
import dev.germline.core.substrate.EntityId;
import dev.germline.core.substrate.EntityKind;
import dev.germline.core.substrate.EntityRef;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The entities as the last commit left them, and the contents beside the ledger, in MySQL.
 * Stateless: every call works on the connection given, in its transaction.
 */
final class SubstrateTables {
  /** Receives rows one by one, so that memory does not grow with the table. */
  @FunctionalInterface
  interface RowConsumer {
    /**
     * Takes one row.
     *
     * @param body the entity's encoding; empty where bodies were not asked for
     */
    void accept(TreeRow tree, byte[] body) throws SQLException;
  }

  private static final int BATCH_ROWS = 1_000;
  private static final int MAX_KEY_BYTES = 2 * EntityId.BYTES + 1 + EdgeKind.Custom.MAX_NAME_BYTES;

  private SubstrateTables() {}

  static void putEntities(Connection connection, List<EntityLeaf> leaves) throws SQLException {
    if (leaves.isEmpty()) {
      return;
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO entities (kind, entity_key, parent, leaf_v1, leaf_v2, body)"
                + " VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE parent = VALUES(parent),"
                + " leaf_v1 = VALUES(leaf_v1), leaf_v2 = VALUES(leaf_v2), body = VALUES(body)")) {
      int queued = 0;
      for (EntityLeaf leaf : leaves) {
        EntityId parent = parentOf(leaf.entity());
        insert.setInt(1, leaf.ref().kind().tag());
        insert.setBytes(2, leaf.ref().key().bytes());
        insert.setBytes(3, parent == null ? null : parent.bytes());
        insert.setBytes(4, leaf.row().leafV1().bytes());
        insert.setBytes(5, leaf.row().leafV2().bytes());
        insert.setBytes(6, leaf.cbor());
        insert.addBatch();
        if (++queued % BATCH_ROWS == 0) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
    }
  }

  private static @Nullable EntityId parentOf(Entity entity) {
    return switch (entity) {
      case Document document -> null;
      case Chunk chunk -> chunk.documentId();
      case Embedding embedding -> embedding.chunkId();
      case Edge edge -> edge.target();
    };
  }

  static void removeEntities(Connection connection, List<EntityRef> refs) throws SQLException {
    if (refs.isEmpty()) {
      return;
    }
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM entities WHERE kind = ? AND entity_key = ?")) {
      for (EntityRef ref : refs) {
        delete.setInt(1, ref.kind().tag());
        delete.setBytes(2, ref.key().bytes());
        delete.addBatch();
      }
      delete.executeBatch();
    }
  }

  /** Notes the dimensions of models seen for the first time. */
  static void putModels(Connection connection, List<EntityLeaf> leaves) throws SQLException {
    Map<Digest, Integer> dimensions = new HashMap<>();
    for (EntityLeaf leaf : leaves) {
      if (leaf.entity() instanceof Embedding embedding) {
        dimensions.put(embedding.modelHash(), embedding.vector().dimension());
      }
    }
    if (dimensions.isEmpty()) {
      return;
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO embedding_models (model_hash, dimension) VALUES (?, ?)"
                + " ON DUPLICATE KEY UPDATE dimension = dimension")) {
      for (Map.Entry<Digest, Integer> model : dimensions.entrySet()) {
        insert.setBytes(1, model.getKey().bytes());
        insert.setInt(2, model.getValue());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** How many components the vectors of a model have; empty if there are none yet. */
  static OptionalInt dimension(Connection connection, Digest modelHash) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT dimension FROM embedding_models WHERE model_hash = ?")) {
      select.setBytes(1, modelHash.bytes());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? OptionalInt.of(row.getInt(1)) : OptionalInt.empty();
      }
    }
  }

  /** What the trees know of every entity, by kind and then by unsigned key: a forest's order. */
  static void scanTreeRows(Connection connection, RowConsumer consumer) throws SQLException {
    scan(connection, "''", consumer);
  }

  /** Every entity, in the order of {@link #scanTreeRows}. */
  static void scanEntities(Connection connection, RowConsumer consumer) throws SQLException {
    scan(connection, "body", consumer);
  }

  private static void scan(Connection connection, String body, RowConsumer consumer)
      throws SQLException {
    try (Statement statement =
        connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
      statement.setFetchSize(Integer.MIN_VALUE); // Connector/J: stream row by row
      try (ResultSet row =
          statement.executeQuery(
              "SELECT kind, entity_key, leaf_v1, leaf_v2, "
                  + body
                  + " FROM entities ORDER BY kind, entity_key")) {
        while (row.next()) {
          TreeRow tree =
              new TreeRow(ref(row), Digest.of(row.getBytes(3)), Digest.of(row.getBytes(4)));
          consumer.accept(tree, row.getBytes(5));
        }
      }
    }
  }

  /** One entity. */
  static Optional<Entity> entity(Connection connection, EntityRef ref) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT body FROM entities WHERE kind = ? AND entity_key = ?")) {
      select.setInt(1, ref.kind().tag());
      select.setBytes(2, ref.key().bytes());
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(EntityCodec.decode(ref.kind(), row.getBytes(1)))
            : Optional.empty();
      }
    }
  }

  /** Those of these documents that there are. */
  static Map<EntityId, Entity> documents(Connection connection, List<EntityId> ids)
      throws SQLException {
    Map<EntityId, Entity> found = new HashMap<>();
    for (int from = 0; from < ids.size(); from += BATCH_ROWS) {
      List<EntityId> part = ids.subList(from, Math.min(ids.size(), from + BATCH_ROWS));
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT entity_key, body FROM entities WHERE kind = ? AND entity_key IN ("
                  + "?,".repeat(part.size() - 1)
                  + "?)")) {
        select.setInt(1, EntityKind.DOCUMENT.tag());
        for (int i = 0; i < part.size(); i++) {
          select.setBytes(i + 2, part.get(i).bytes());
        }
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            found.put(
                EntityId.of(row.getBytes(1)),
                EntityCodec.decode(EntityKind.DOCUMENT, row.getBytes(2)));
          }
        }
      }
    }
    return found;
  }

  /** Up to {@code limit} entities of a kind whose keys follow {@code key}, in order. */
  static List<Entity> entitiesAfter(Connection connection, EntityKind kind, byte[] key, int limit)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT body FROM entities WHERE kind = ? AND entity_key > ?"
                + " ORDER BY entity_key LIMIT ?")) {
      select.setInt(1, kind.tag());
      select.setBytes(2, key);
      select.setInt(3, limit);
      List<Entity> entities = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          entities.add(EntityCodec.decode(kind, row.getBytes(1)));
        }
      }
      return entities;
    }
  }

  /**
   * What of a kind hangs on {@code parent}: its chunks, its embeddings, the edges that end at it.
   */
  static List<EntityRef> dependents(Connection connection, EntityKind kind, EntityId parent)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT kind, entity_key FROM entities WHERE parent = ? AND kind = ?"
                + " ORDER BY entity_key")) {
      select.setBytes(1, parent.bytes());
      select.setInt(2, kind.tag());
      return refs(select);
    }
  }

  /** The edges that start at {@code source}: a range of the primary key. */
  static List<EntityRef> edgesFrom(Connection connection, EntityId source) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT kind, entity_key FROM entities"
                + " WHERE kind = ? AND entity_key BETWEEN ? AND ? ORDER BY entity_key")) {
      byte[] last = new byte[MAX_KEY_BYTES + 1];
      Arrays.fill(last, (byte) 0xff); // above every key that begins with the source
      source.copyTo(last, 0);
      select.setInt(1, EntityKind.EDGE.tag());
      select.setBytes(2, source.bytes());
      select.setBytes(3, last);
      return refs(select);
    }
  }

  private static List<EntityRef> refs(PreparedStatement select) throws SQLException {
    List<EntityRef> refs = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        refs.add(ref(row));
      }
    }
    return refs;
  }

  private static EntityRef ref(ResultSet row) throws SQLException {
    EntityKind kind = kind(row.getInt(1));
    byte[] key = row.getBytes(2);
    return new EntityRef(kind, kind == EntityKind.EDGE ? edgeKey(key) : EntityId.of(key));
  }

  private static EntityKind kind(int tag) throws SQLException {
    for (EntityKind kind : EntityKind.values()) {
      if (kind.tag() == tag) {
        return kind;
      }
    }
    throw new SQLException("the table entities holds a row of the unknown kind " + tag);
  }

  /** The reverse of {@link EdgeKey#bytes}. */
  private static EdgeKey edgeKey(byte[] key) {
    int kindAt = 2 * EntityId.BYTES;
    EdgeKind kind =
        switch (key[kindAt]) {
          case 0 -> EdgeKind.DOC_TO_CHUNK;
          case 1 -> EdgeKind.CHUNK_TO_EMBEDDING;
          case 2 -> EdgeKind.CHUNK_TO_CHUNK;
          default ->
              EdgeKind.custom(
                  new String(key, kindAt + 1, key.length - kindAt - 1, StandardCharsets.UTF_8));
        };
    return new EdgeKey(EntityId.of(key, 0), EntityId.of(key, EntityId.BYTES), kind);
  }

  /** Stores contents that are not there yet. A content is named by its hash, so first wins. */
  static void putContents(Connection connection, Map<Digest, byte[]> contents) throws SQLException {
    if (contents.isEmpty()) {
      return;
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO contents (content_hash, body) VALUES (?, ?)"
                + " ON DUPLICATE KEY UPDATE content_hash = content_hash")) {
      for (Map.Entry<Digest, byte[]> content : contents.entrySet()) {
        insert.setBytes(1, content.getKey().bytes());
        insert.setBytes(2, content.getValue());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Those of the contents that are kept beside the ledger. */
  static Map<Digest, byte[]> contents(Connection connection, List<Digest> hashes)
      throws SQLException {
    Map<Digest, byte[]> found = new HashMap<>();
    for (int from = 0; from < hashes.size(); from += BATCH_ROWS) {
      List<Digest> part = hashes.subList(from, Math.min(hashes.size(), from + BATCH_ROWS));
      String marks = "?,".repeat(part.size() - 1) + "?";
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT content_hash, body FROM contents WHERE content_hash IN (" + marks + ")")) {
        for (int i = 0; i < part.size(); i++) {
          select.setBytes(i + 1, part.get(i).bytes());
        }
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            found.put(Digest.of(row.getBytes(1)), row.getBytes(2));
          }
        }
      }
    }
    return found;
  }
}
