package dev.germline.app.weights;

import dev.germline.app.sql.Database;
import dev.germline.blobstore.segment.FramePlace;
import dev.germline.blobstore.segment.SegmentRef;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.Tenant;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Segments that are mostly of pieces that are gone, and how their pieces move to others. */
final class CompactionRows {
  private static final int PAGE = 200;

  /**
   * What a segment has beside its frames (docs/segment-format.md): its ends, and for each piece.
   */
  private static final int ENDS = 64 + 24 + 16;

  private static final int ENTRY = 40;

  private final Database database;

  CompactionRows(Database database) {
    this.database = database;
  }

  /**
   * A segment with room in it.
   *
   * @param length of the object in bytes
   * @param needed bytes that its pieces would take alone
   */
  record Sparse(long id, Tenant tenant, SegmentRef ref, int length, int needed) {
    /** Bytes that it has for nothing. */
    int spare() {
      return length - needed;
    }
  }

  /** Some segments; {@code last} is the id to go on from. */
  record Page(List<Sparse> sparse, long last, boolean ended) {}

  /** A piece in a segment. */
  record Lying(long id, Digest digest, FramePlace place) {}

  /**
   * A piece that was copied.
   *
   * @param from the row of the segment that it lay in
   * @param fromOffset where
   */
  record Move(long piece, long from, int fromOffset, int offset, int length) {}

  /** Those of the next segments that less than half of is needed; begun before a time. */
  Page sparse(long after, long before) {
    return database.read(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT s.id, s.tenant, s.hash, s.data_key, s.salt, s.size_bytes,"
                  + " (SELECT SUM(p.frame_length + ?) FROM pieces p WHERE p.segment_id = s.id)"
                  + " FROM segments s WHERE s.id > ? AND s.created_at < ?"
                  + " AND s.condemned_at IS NULL AND s.lost_at IS NULL ORDER BY s.id LIMIT "
                  + PAGE)) {
        select.setInt(1, ENTRY);
        select.setLong(2, after);
        select.setLong(3, before);
        List<Sparse> sparse = new ArrayList<>();
        long last = after;
        int rows = 0;
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            rows++;
            last = row.getLong(1);
            long frames = row.getLong(7); // 0 without any: such a segment needs no copy
            int length = row.getInt(6);
            if (frames > 0 && 2 * (frames + ENDS) < length) {
              sparse.add(
                  new Sparse(
                      last,
                      new Tenant(row.getString(2)),
                      PieceRows.segment(row),
                      length,
                      (int) (frames + ENDS)));
            }
          }
        }
        return new Page(sparse, last, rows < PAGE);
      }
    });
  }

  /** The pieces of a segment, in their order there. */
  List<Lying> pieces(Sparse segment) {
    return database.read(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT id, blake3, frame_offset, frame_length FROM pieces WHERE segment_id = ?")) {
        select.setLong(1, segment.id());
        List<Lying> lying = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            lying.add(
                new Lying(
                    row.getLong(1),
                    Digest.of(row.getBytes(2)),
                    new FramePlace(segment.ref(), row.getInt(3), row.getInt(4))));
          }
        }
        lying.sort(Comparator.comparingInt(piece -> piece.place().offset()));
        return lying;
      }
    });
  }

  /**
   * Lets pieces lie in a segment that is stored. One that is gone, or lies elsewhere by now, is
   * left as it is.
   *
   * @return how many moved
   */
  int move(SegmentRef to, List<Move> moves) {
    return database.transact(connection -> {
      long segment = PieceRows.segmentId(connection, to);
      return move(connection, segment, moves);
    });
  }

  private static int move(Connection connection, long segment, List<Move> moves)
      throws SQLException {
    int moved = 0;
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE pieces SET segment_id = ?, frame_offset = ?, frame_length = ?"
                + " WHERE id = ? AND segment_id = ? AND frame_offset = ?")) {
      // In one order everywhere, so that nobody deadlocks.
      for (Move move : moves.stream().sorted(Comparator.comparingLong(Move::piece)).toList()) {
        update.setLong(1, segment);
        update.setInt(2, move.offset());
        update.setInt(3, move.length());
        update.setLong(4, move.piece());
        update.setLong(5, move.from());
        update.setInt(6, move.fromOffset());
        moved += update.executeUpdate();
      }
    }
    return moved;
  }
}
