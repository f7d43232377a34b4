package dev.germline.app.ledger;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.ledger.CognitiveDiff;
import dev.germline.core.ledger.DiffCodec;
import dev.germline.core.ledger.Signature;
import dev.germline.core.ledger.SignedStateRoot;
import dev.germline.core.ledger.StateRoot;
import dev.germline.core.ledger.Verifier;
import dev.germline.core.merkle.Roots;
import dev.germline.core.merkle.TreeRoot;
import dev.germline.core.substrate.DeviceId;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The chain of signed records and their diffs in MySQL. Stateless: every call works on the
 * connection given, in its transaction.
 */
final class ChainTable {
  /** How far the chain reaches; sequence 0 and a hash of zeros for the empty substrate. */
  record Position(long sequence, Digest recordHash) {}

  /** One commit as it is stored. */
  record StoredCommit(SignedStateRoot record, CognitiveDiff diff) {}

  private static final String COLUMNS =
      "sequence, record_hash, hash, parent_hash, prev_record, recorded_at, device_id,"
          + " document_count, document_root, chunk_count, chunk_root, embedding_count,"
          + " embedding_root, edge_count, edge_root, root_v2, signature_v1, signature_v2";
  private static final int COLUMN_COUNT = 18;

  private ChainTable() {}

  /** The head, locked until the transaction ends: only the holder may append. */
  static Position lockHead(Connection connection) throws SQLException {
    return head(connection, " FOR UPDATE");
  }

  /** The head as this transaction sees it. */
  static Position readHead(Connection connection) throws SQLException {
    return head(connection, "");
  }

  private static Position head(Connection connection, String lock) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT sequence, record_hash FROM ledger_head WHERE id = 1" + lock);
        ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("ledger_head has lost its row");
      }
      return new Position(row.getLong(1), Digest.of(row.getBytes(2)));
    }
  }

  /** Appends one commit and moves the head to it. The head must be locked. */
  static void append(Connection connection, SignedStateRoot record, byte[] diff)
      throws SQLException {
    StateRoot root = record.root();
    Digest recordHash = root.recordHash();
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO state_roots (%s) VALUES (%s?)"
                .formatted(COLUMNS, "?, ".repeat(COLUMN_COUNT - 1)))) {
      insert.setLong(1, root.sequence());
      insert.setBytes(2, recordHash.bytes());
      insert.setBytes(3, root.hash().bytes());
      insert.setBytes(4, bytes(root.parent()));
      insert.setBytes(5, bytes(root.prevRecord()));
      insert.setLong(6, root.timestampMillis());
      insert.setBytes(7, root.device().bytes());
      int column = 8;
      for (EntityKind kind : EntityKind.values()) {
        insert.setLong(column++, root.roots().of(kind).count());
        insert.setBytes(column++, root.roots().of(kind).hash().bytes());
      }
      insert.setBytes(column++, root.roots().v2().bytes());
      insert.setBytes(column++, record.v1().bytes());
      insert.setBytes(column, record.v2().bytes());
      insert.executeUpdate();
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO diffs (sequence, body) VALUES (?, ?)")) {
      insert.setLong(1, root.sequence());
      insert.setBytes(2, diff);
      insert.executeUpdate();
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE ledger_head SET sequence = ?, record_hash = ? WHERE id = 1")) {
      update.setLong(1, root.sequence());
      update.setBytes(2, recordHash.bytes());
      update.executeUpdate();
    }
  }

  /** Up to {@code limit} commits after {@code sequence}, in order. */
  static List<StoredCommit> commitsAfter(Connection connection, long sequence, int limit)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT %s, (SELECT body FROM diffs d WHERE d.sequence = r.sequence)".formatted(COLUMNS)
                + " FROM state_roots r WHERE sequence > ? ORDER BY sequence LIMIT ?")) {
      select.setLong(1, sequence);
      select.setInt(2, limit);
      List<StoredCommit> commits = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          commits.add(new StoredCommit(record(row), diff(row)));
        }
      }
      return commits;
    }
  }

  private static CognitiveDiff diff(ResultSet row) throws SQLException {
    byte[] body = row.getBytes(COLUMN_COUNT + 1);
    try {
      return DiffCodec.decode(body == null ? new byte[0] : body);
    } catch (GermlineException unreadable) {
      throw new GermlineException(
          Fault.CHAIN_BROKEN,
          "the diff of record %d cannot be read: %s".formatted(row.getLong(1), unreadable.detail()),
          unreadable);
    }
  }

  private static byte @Nullable [] bytes(@Nullable Digest digest) {
    return digest == null ? null : digest.bytes();
  }

  static Optional<SignedStateRoot> record(Connection connection, long sequence)
      throws SQLException {
    return records(connection, "sequence = ?", sequence, 1).stream().findFirst();
  }

  /** Up to {@code limit} records before {@code sequence}, newest first. */
  static List<SignedStateRoot> recordsBefore(Connection connection, long sequence, int limit)
      throws SQLException {
    return records(connection, "sequence < ?", sequence, limit);
  }

  private static List<SignedStateRoot> records(
      Connection connection, String which, long sequence, int limit) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT %s FROM state_roots WHERE %s ORDER BY sequence DESC LIMIT ?"
                .formatted(COLUMNS, which))) {
      select.setLong(1, sequence);
      select.setInt(2, limit);
      List<SignedStateRoot> records = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          records.add(record(row));
        }
      }
      return records;
    }
  }

  private static SignedStateRoot record(ResultSet row) throws SQLException {
    Roots roots =
        new Roots(tree(row, 8), tree(row, 10), tree(row, 12), tree(row, 14), digest(row, 16));
    byte[] parent = row.getBytes(4);
    byte[] previous = row.getBytes(5);
    StateRoot root =
        new StateRoot(
            roots,
            parent == null ? null : Digest.of(parent),
            previous == null ? null : Digest.of(previous),
            row.getLong(6),
            DeviceId.of(row.getBytes(7)),
            row.getLong(1));
    return new SignedStateRoot(
        root, Signature.of(row.getBytes(17)), Signature.of(row.getBytes(18)));
  }

  private static TreeRoot tree(ResultSet row, int column) throws SQLException {
    return new TreeRoot(digest(row, column + 1), row.getLong(column));
  }

  private static Digest digest(ResultSet row, int column) throws SQLException {
    return Digest.of(row.getBytes(column));
  }

  /** Makes a device known; does nothing if it is. */
  static void putDevice(Connection connection, Verifier device) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO devices (device_id, public_key) VALUES (?, ?)"
                + " ON DUPLICATE KEY UPDATE device_id = device_id")) {
      insert.setBytes(1, device.device().bytes());
      insert.setBytes(2, device.rawKey());
      insert.executeUpdate();
    }
  }

  /** The keys of all devices that ever signed here. */
  static Map<DeviceId, Verifier> devices(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("SELECT public_key FROM devices");
        ResultSet row = select.executeQuery()) {
      Map<DeviceId, Verifier> devices = new HashMap<>();
      while (row.next()) {
        Verifier device = Verifier.ofRaw(row.getBytes(1));
        devices.put(device.device(), device);
      }
      return devices;
    }
  }
}
