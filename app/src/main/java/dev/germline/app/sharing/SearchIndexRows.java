package dev.germline.app.sharing;

import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityId;
import dev.germline.core.substrate.QuantizedVector;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** layer_search, layer_capabilities and search_position. Sees all layers: it answers nobody. */
final class SearchIndexRows {
  private SearchIndexRows() {}

  /** A place in the order of publishing. */
  record Position(long ledgerSequence, EntityId layer) {}

  /** A layer to be taken in. */
  record Layer(Position position, Digest digest, String name) {}

  /** What a layer is found by. */
  record Entry(
      EntityId layer,
      String words,
      QuantizedVector embedding,
      Optional<String> license,
      Optional<Boolean> commercialUse,
      Scope reach,
      List<String> capabilities) {}

  static Position position(Connection connection) throws SQLException {
    return read(connection, "");
  }

  static Position lock(Connection connection) throws SQLException {
    return read(connection, " FOR UPDATE");
  }

  private static Position read(Connection connection, String lock) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT ledger_sequence, layer_id FROM search_position WHERE id = 1" + lock);
        ResultSet row = select.executeQuery()) {
      row.next();
      return new Position(row.getLong(1), EntityId.of(row.getBytes(2)));
    }
  }

  static void move(Connection connection, Position to) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE search_position SET ledger_sequence = ?, layer_id = ? WHERE id = 1")) {
      update.setLong(1, to.ledgerSequence());
      update.setBytes(2, to.layer().bytes());
      update.executeUpdate();
    }
  }

  static List<Layer> after(Connection connection, Position position, int limit)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT ledger_sequence, id, digest, namespace, name FROM genomic_layers"
                + " WHERE ledger_sequence > ? OR (ledger_sequence = ? AND id > ?)"
                + " ORDER BY ledger_sequence, id LIMIT ?")) {
      select.setLong(1, position.ledgerSequence());
      select.setLong(2, position.ledgerSequence());
      select.setBytes(3, position.layer().bytes());
      select.setInt(4, limit);
      List<Layer> layers = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          layers.add(
              new Layer(
                  new Position(row.getLong(1), EntityId.of(row.getBytes(2))),
                  Digest.of(row.getBytes(3)),
                  row.getString(4) + " " + row.getString(5)));
        }
      }
      return layers;
    }
  }

  static void insert(Connection connection, List<Entry> entries) throws SQLException {
    try (PreparedStatement search =
            connection.prepareStatement(
                "INSERT INTO layer_search (layer_id, words, embedding, license, commercial_use,"
                    + " reach) VALUES (?, ?, ?, ?, ?, ?)"
                    + " ON DUPLICATE KEY UPDATE words = VALUES(words),"
                    + " embedding = VALUES(embedding)");
        PreparedStatement capability =
            connection.prepareStatement(
                "INSERT IGNORE INTO layer_capabilities (capability, layer_id) VALUES (?, ?)")) {
      for (Entry entry : entries) {
        search.setBytes(1, entry.layer().bytes());
        search.setString(2, entry.words());
        search.setBytes(3, entry.embedding().bytes());
        search.setString(4, entry.license().orElse(null));
        if (entry.commercialUse().isPresent()) {
          search.setBoolean(5, entry.commercialUse().get());
        } else {
          search.setNull(5, Types.BOOLEAN);
        }
        search.setString(6, entry.reach().toString());
        search.addBatch();
        for (String one : entry.capabilities()) {
          capability.setString(1, one);
          capability.setBytes(2, entry.layer().bytes());
          capability.addBatch();
        }
      }
      search.executeBatch();
      capability.executeBatch();
    }
  }
}
