package dev.germline.app.weights;

import dev.germline.app.sql.Database;
import dev.germline.blobstore.segment.DataKeyId;
import dev.germline.blobstore.segment.FramePlace;
import dev.germline.blobstore.segment.Sealing;
import dev.germline.blobstore.segment.SegmentRef;
import dev.germline.blobstore.weights.PackedPiece;
import dev.germline.blobstore.weights.StoredPiece;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.Tenant;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The tables segments and pieces. */
final class PieceRows {
  private static final int AT_ONCE = 500;

  /** A piece is marked as used when its mark is older than this: collection waits far longer. */
  private static final Duration MARK_EVERY = Duration.ofHours(1);

  static final String COLUMNS =
      "p.id, p.blake3, p.size_bytes, p.frame_offset, p.frame_length, p.base_id, p.depth,"
          + " s.hash, s.data_key, s.salt";

  private static final String PIECE =
      "SELECT " + COLUMNS + ", p.used_at FROM pieces p JOIN segments s ON s.id = p.segment_id ";

  private final Database database;
  private final Clock clock;

  PieceRows(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  Map<Digest, StoredPiece> use(Tenant tenant, Collection<Digest> digests) {
    Map<Digest, StoredPiece> found = new HashMap<>();
    long now = clock.millis();
    List<Long> unmarked = new ArrayList<>();
    for (List<Digest> some : pages(digests)) {
      database.<Integer>read(connection -> {
        try (PreparedStatement select =
            connection.prepareStatement(
                PIECE
                    + "WHERE p.tenant = ? AND s.lost_at IS NULL AND p.blake3 IN "
                    + marks(some))) {
          select.setString(1, tenant.name());
          set(select, 2, some);
          try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
              StoredPiece piece = piece(row);
              found.put(piece.digest(), piece);
              if (row.getLong("used_at") < now - MARK_EVERY.toMillis()) {
                unmarked.add(piece.id());
              }
            }
          }
        }
        return found.size();
      });
    }
    mark(unmarked, now);
    return found;
  }

  private void mark(List<Long> ids, long now) {
    // In one order everywhere, so that two uploads of one file do not deadlock.
    ids.sort(Comparator.naturalOrder());
    for (List<Long> some : pages(ids)) {
      database.<Integer>transact(connection -> {
        try (PreparedStatement update =
            connection.prepareStatement(
                "UPDATE pieces SET used_at = ? WHERE id IN " + marks(some))) {
          update.setLong(1, now);
          for (int i = 0; i < some.size(); i++) {
            update.setLong(i + 2, some.get(i));
          }
          return update.executeUpdate();
        }
      });
    }
  }

  Map<Long, StoredPiece> byId(Collection<Long> ids) {
    Map<Long, StoredPiece> found = new HashMap<>();
    for (List<Long> some : pages(ids)) {
      database.<Integer>read(connection -> {
        try (PreparedStatement select =
            connection.prepareStatement(PIECE + "WHERE p.id IN " + marks(some))) {
          for (int i = 0; i < some.size(); i++) {
            select.setLong(i + 1, some.get(i));
          }
          try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
              StoredPiece piece = piece(row);
              found.put(piece.id(), piece);
            }
          }
        }
        return found.size();
      });
    }
    return found;
  }

  void announce(Tenant tenant, SegmentRef segment, int length) {
    database.<Integer>read(connection -> {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO segments (hash, tenant, size_bytes, data_key, salt, created_at)"
                  + " VALUES (?, ?, ?, ?, ?, ?)")) {
        insert.setBytes(1, segment.id().bytes());
        insert.setString(2, tenant.name());
        insert.setInt(3, length);
        Optional<Sealing> sealing = segment.sealing();
        insert.setBytes(4, sealing.map(s -> s.dataKey().bytes()).orElse(null));
        insert.setBytes(5, sealing.map(s -> s.salt().bytes()).orElse(null));
        insert.setLong(6, clock.millis());
        return insert.executeUpdate();
      }
    });
  }

  Map<Digest, StoredPiece> packed(Tenant tenant, SegmentRef segment, List<PackedPiece> pieces) {
    List<PackedPiece> ordered =
        pieces.stream().sorted(Comparator.comparing(PackedPiece::digest)).toList();
    database.<Integer>transact(connection -> {
      long id = segmentId(connection, segment);
      insert(connection, tenant, id, ordered);
      takeOverLost(connection, tenant, id, ordered);
      return ordered.size();
    });
    Map<Digest, StoredPiece> stored =
        use(tenant, pieces.stream().map(PackedPiece::digest).toList());
    if (!pieces.stream().map(PackedPiece::digest).allMatch(stored::containsKey)) {
      throw collected("a piece");
    }
    return stored;
  }

  /**
   * The row of a segment that pieces are to lie in; it is not condemned before the transaction
   * ends.
   *
   * @throws GermlineException STORE_UNAVAILABLE when it was collected: whoever fills it took longer
   *     than what nothing refers to is kept
   */
  static long segmentId(Connection connection, SegmentRef segment) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id, condemned_at FROM segments WHERE hash = ? LOCK IN SHARE MODE")) {
      select.setBytes(1, segment.id().bytes());
      try (ResultSet row = select.executeQuery()) {
        if (!row.next() || row.getObject(2) != null) {
          throw collected("segment " + segment.id());
        }
        return row.getLong(1);
      }
    }
  }

  private static GermlineException collected(String what) {
    return new GermlineException(
        Fault.STORE_UNAVAILABLE, what + " was collected before the upload ended; send it again");
  }

  /** A piece that is there already keeps its place: ON DUPLICATE KEY changes nothing. */
  private void insert(Connection connection, Tenant tenant, long segment, List<PackedPiece> pieces)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO pieces (tenant, blake3, size_bytes, segment_id, frame_offset,"
                + " frame_length, encoding, base_id, depth, used_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON DUPLICATE KEY UPDATE used_at = VALUES(used_at)")) {
      long now = clock.millis();
      int queued = 0;
      for (PackedPiece piece : pieces) {
        insert.setString(1, tenant.name());
        insert.setBytes(2, piece.digest().bytes());
        insert.setInt(3, piece.size());
        insert.setLong(4, segment);
        insert.setInt(5, piece.frameOffset());
        insert.setInt(6, piece.frameLength());
        insert.setString(7, piece.encoding());
        if (piece.base().isPresent()) {
          insert.setLong(8, piece.base().getAsLong());
        } else {
          insert.setNull(8, Types.BIGINT);
        }
        insert.setInt(9, piece.depth());
        insert.setLong(10, now);
        insert.addBatch();
        if (++queued % AT_ONCE == 0) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
    }
  }

  /** A piece whose segment is lost lies in the new one from now on: so a push heals. */
  private static void takeOverLost(
      Connection connection, Tenant tenant, long segment, List<PackedPiece> pieces)
      throws SQLException {
    Map<Digest, PackedPiece> byDigest = new HashMap<>();
    pieces.forEach(piece -> byDigest.put(piece.digest(), piece));
    List<PackedPiece> lost = new ArrayList<>();
    for (List<Digest> some : pages(byDigest.keySet())) {
      try (PreparedStatement select =
          connection.prepareStatement(
              PIECE
                  + "WHERE p.tenant = ? AND s.lost_at IS NOT NULL AND p.blake3 IN "
                  + marks(some))) {
        select.setString(1, tenant.name());
        set(select, 2, some);
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            lost.add(byDigest.get(Digest.of(row.getBytes("blake3"))));
          }
        }
      }
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE pieces SET segment_id = ?, frame_offset = ?, frame_length = ?, encoding = ?,"
                + " base_id = ?, depth = ? WHERE tenant = ? AND blake3 = ?")) {
      for (PackedPiece piece : lost) {
        update.setLong(1, segment);
        update.setInt(2, piece.frameOffset());
        update.setInt(3, piece.frameLength());
        update.setString(4, piece.encoding());
        if (piece.base().isPresent()) {
          update.setLong(5, piece.base().getAsLong());
        } else {
          update.setNull(5, Types.BIGINT);
        }
        update.setInt(6, piece.depth());
        update.setString(7, tenant.name());
        update.setBytes(8, piece.digest().bytes());
        update.executeUpdate();
      }
    }
  }

  /** A piece out of the columns that {@link #COLUMNS} names. */
  static StoredPiece piece(ResultSet row) throws SQLException {
    SegmentRef segment = segment(row);
    long base = row.getLong("base_id");
    return new StoredPiece(
        row.getLong("id"),
        Digest.of(row.getBytes("blake3")),
        row.getInt("size_bytes"),
        new FramePlace(segment, row.getInt("frame_offset"), row.getInt("frame_length")),
        base == 0 ? OptionalLong.empty() : OptionalLong.of(base), // rows count from 1
        row.getInt("depth"));
  }

  /** A segment out of its columns hash, data_key and salt. */
  static SegmentRef segment(ResultSet row) throws SQLException {
    byte[] key = row.getBytes("data_key");
    byte[] salt = row.getBytes("salt");
    return new SegmentRef(
        Digest.of(row.getBytes("hash")),
        key == null || salt == null
            ? Optional.empty()
            : Optional.of(new Sealing(DataKeyId.of(key), Digest.of(salt))));
  }

  private static <T> List<List<T>> pages(Collection<T> all) {
    List<T> list = List.copyOf(all);
    List<List<T>> pages = new ArrayList<>();
    for (int at = 0; at < list.size(); at += AT_ONCE) {
      pages.add(list.subList(at, Math.min(list.size(), at + AT_ONCE)));
    }
    return pages;
  }

  static String marks(List<?> some) {
    return "(" + String.join(", ", Collections.nCopies(some.size(), "?")) + ")";
  }

  private static void set(PreparedStatement statement, int from, List<Digest> digests)
      throws SQLException {
    for (int i = 0; i < digests.size(); i++) {
      statement.setBytes(from + i, digests.get(i).bytes());
    }
  }
}
