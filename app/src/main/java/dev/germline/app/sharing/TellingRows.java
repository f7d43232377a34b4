package dev.germline.app.sharing;

import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerVersion;
import dev.germline.core.sharing.Advice;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityId;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** notices as they are written, and how far the ledger was followed. Answers nobody. */
final class TellingRows {
  private TellingRows() {}

  /** What is followed; the numbers stand in notice_positions. */
  enum Kind {
    /** A few at a time: much may stand on each of the layers. */
    STATUS(1, 10),
    LAYER(2, 500);

    private final int number;
    private final int atOnce;

    Kind(int number, int atOnce) {
      this.number = number;
      this.atOnce = atOnce;
    }

    /** How many are taken by one transaction. */
    int atOnce() {
      return atOnce;
    }
  }

  /** A place in the ledger. */
  record Position(long ledgerSequence, EntityId id) {}

  /**
   * Something that happened.
   *
   * @param digest of the record that says it
   * @param layer that it happened to
   * @param alone whether it is a new layer without other versions, which is news to nobody
   */
  record Event(Position position, Digest digest, LayerName layer, boolean alone) {}

  /**
   * A notice to be.
   *
   * @param affected layers of the owner, by id, with their distance
   */
  record Written(
      Digest event,
      EntityId layer,
      String owner,
      Notice.Cause cause,
      Advice advice,
      int count,
      Map<EntityId, Integer> affected,
      long ledgerSequence) {
    EntityId id() {
      byte[] name = owner.getBytes(StandardCharsets.UTF_8);
      byte[] both = Arrays.copyOf(event.bytes(), Digest.BYTES + name.length);
      System.arraycopy(name, 0, both, Digest.BYTES, name.length);
      return EntityId.generate(both);
    }
  }

  static Position position(Connection connection, Kind kind) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT ledger_sequence, id FROM notice_positions WHERE kind = ?")) {
      select.setInt(1, kind.number);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return new Position(row.getLong(1), EntityId.of(row.getBytes(2)));
      }
    }
  }

  /** Moves on; false if another process did in between. */
  static boolean move(Connection connection, Kind kind, Position from, Position to)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE notice_positions SET ledger_sequence = ?, id = ?"
                + " WHERE kind = ? AND ledger_sequence = ? AND id = ?")) {
      update.setLong(1, to.ledgerSequence());
      update.setBytes(2, to.id().bytes());
      update.setInt(3, kind.number);
      update.setLong(4, from.ledgerSequence());
      update.setBytes(5, from.id().bytes());
      return update.executeUpdate() == 1;
    }
  }

  /** What happened after a place, oldest first. */
  static List<Event> after(Connection connection, Kind kind, Position from, int limit)
      throws SQLException {
    String sql =
        switch (kind) {
          case STATUS ->
              "SELECT c.ledger_sequence, c.claim_id, c.digest, l.namespace, l.name, l.version,"
                  + " FALSE FROM layer_claims c JOIN genomic_layers l ON l.id = c.subject_id"
                  + " WHERE c.type = 'STATUS' AND c.ledger_sequence >= ?"
                  + " AND (c.ledger_sequence > ? OR c.claim_id > ?)"
                  + " ORDER BY c.ledger_sequence, c.claim_id LIMIT ?";
          case LAYER ->
              "SELECT l.ledger_sequence, l.id, l.digest, l.namespace, l.name, l.version,"
                  + " NOT EXISTS (SELECT 1 FROM genomic_layers o WHERE o.namespace = l.namespace"
                  + " AND o.name = l.name AND o.id <> l.id) FROM genomic_layers l WHERE l.ledger_sequence >= ?"
                  + " AND (l.ledger_sequence > ? OR l.id > ?)"
                  + " ORDER BY l.ledger_sequence, l.id LIMIT ?";
        };
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, from.ledgerSequence());
      select.setLong(2, from.ledgerSequence());
      select.setBytes(3, from.id().bytes());
      select.setInt(4, limit);
      List<Event> events = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          events.add(
              new Event(
                  new Position(row.getLong(1), EntityId.of(row.getBytes(2))),
                  Digest.of(row.getBytes(3)),
                  new LayerName(
                      row.getString(4), row.getString(5), LayerVersion.parse(row.getString(6))),
                  row.getBoolean(7)));
        }
      }
      return events;
    }
  }

  /** Who was told that a layer was yanked or revoked. */
  static Set<String> told(Connection connection, EntityId layer) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT DISTINCT owner FROM notices"
                + " WHERE layer_id = ? AND cause IN ('yanked', 'revoked')")) {
      select.setBytes(1, layer.bytes());
      return texts(select);
    }
  }

  /** Who else may see a layer whose visibility is whitelist. */
  static Set<String> allowed(Connection connection, EntityId layer) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT principal FROM layer_access WHERE layer_id = ?")) {
      select.setBytes(1, layer.bytes());
      return texts(select);
    }
  }

  private static Set<String> texts(PreparedStatement select) throws SQLException {
    Set<String> texts = new TreeSet<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        texts.add(row.getString(1));
      }
    }
    return texts;
  }

  static void insert(Connection connection, List<Written> notices, Instant at) throws SQLException {
    try (PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO notices (id, event, layer_id, owner, cause, advice, affected,"
                    + " ledger_sequence, told_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        PreparedStatement layers =
            connection.prepareStatement(
                "INSERT INTO notice_layers (notice_id, layer_id, distance) VALUES (?, ?, ?)")) {
      for (Written notice : notices) {
        byte[] id = notice.id().bytes();
        insert.setBytes(1, id);
        insert.setBytes(2, notice.event().bytes());
        insert.setBytes(3, notice.layer().bytes());
        insert.setString(4, notice.owner());
        insert.setString(5, notice.cause().toString());
        insert.setString(6, notice.advice().toString());
        insert.setInt(7, notice.count());
        insert.setLong(8, notice.ledgerSequence());
        insert.setLong(9, at.toEpochMilli());
        insert.addBatch();
        for (Map.Entry<EntityId, Integer> one : notice.affected().entrySet()) {
          layers.setBytes(1, id);
          layers.setBytes(2, one.getKey().bytes());
          layers.setInt(3, one.getValue());
          layers.addBatch();
        }
      }
      insert.executeBatch();
      layers.executeBatch();
    }
  }
}
