package dev.germline.app.weights;

import dev.germline.app.sql.Database;
import dev.germline.blobstore.segment.DataKeyId;
import dev.germline.blobstore.segment.ScrubIndex;
import dev.germline.blobstore.segment.Sealing;
import dev.germline.blobstore.segment.SegmentRef;
import dev.germline.core.substrate.Digest;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table segments, as the scrub sees it. Thread-safe. */
public final class StoredSegments implements ScrubIndex {
  /** Pieces are told of after their object is stored: a segment without any may be on its way. */
  private static final String SEGMENT =
      "SELECT s.id, s.hash, s.size_bytes, s.data_key, s.salt, s.scrubbed_at, s.lost_at"
          + " FROM segments s WHERE s.condemned_at IS NULL"
          + " AND EXISTS (SELECT 1 FROM pieces p WHERE p.segment_id = s.id)";

  private final Database database;

  public StoredSegments(Database database) {
    this.database = database;
  }

  @Override
  public List<Known> notScrubbedSince(Instant before, Optional<Known> after, int most) {
    Optional<Instant> scrubbed = after.flatMap(Known::scrubbedAt);
    if (scrubbed.isEmpty()) {
      List<Known> never =
          select(
              SEGMENT + " AND s.scrubbed_at IS NULL AND s.id > ? ORDER BY s.id LIMIT ?",
              after.map(Known::row).orElse(0L),
              (long) most);
      if (!never.isEmpty()) {
        return never;
      }
    }
    long last = scrubbed.map(Instant::toEpochMilli).orElse(0L);
    return select(
        SEGMENT
            + " AND s.scrubbed_at < ? AND s.scrubbed_at >= ?"
            + " AND (s.scrubbed_at > ? OR s.id > ?) ORDER BY s.scrubbed_at, s.id LIMIT ?",
        before.toEpochMilli(),
        last,
        last,
        scrubbed.isPresent() ? after.map(Known::row).orElse(0L) : 0L,
        (long) most);
  }

  /** Segments that {@link #notScrubbedSince} would give, and their bytes. */
  Due due(Instant before) {
    return database.read(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT COUNT(*), COALESCE(SUM(s.size_bytes), 0) FROM segments s"
                  + " WHERE s.condemned_at IS NULL"
                  + " AND (s.scrubbed_at IS NULL OR s.scrubbed_at < ?)"
                  + " AND EXISTS (SELECT 1 FROM pieces p WHERE p.segment_id = s.id)")) {
        select.setLong(1, before.toEpochMilli());
        try (ResultSet row = select.executeQuery()) {
          row.next();
          return new Due(row.getLong(1), row.getLong(2));
        }
      }
    });
  }

  /**
   * What is to be looked at.
   *
   * @param segments how many
   * @param bytes of all of them
   */
  record Due(long segments, long bytes) {}

  /** Segments that no replica has whole, with pieces that somebody may ask for. */
  List<Known> lost(int most) {
    return select(
        SEGMENT + " AND s.lost_at IS NOT NULL ORDER BY s.lost_at, s.id LIMIT ?", (long) most);
  }

  long countLost() {
    return database.read(connection -> {
      try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT COUNT(*) FROM segments s WHERE s.lost_at IS NOT NULL"
                      + " AND s.condemned_at IS NULL"
                      + " AND EXISTS (SELECT 1 FROM pieces p WHERE p.segment_id = s.id)");
          ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    });
  }

  @Override
  public boolean needed(Known segment) {
    return database.read(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT 1 FROM segments WHERE id = ? AND condemned_at IS NULL")) {
        select.setLong(1, segment.row());
        try (ResultSet row = select.executeQuery()) {
          return row.next();
        }
      }
    });
  }

  @Override
  public void scrubbed(Known segment, Instant at, boolean lost) {
    database.<Integer>read(connection -> {
      try (PreparedStatement update =
          connection.prepareStatement(
              "UPDATE segments SET scrubbed_at = ?,"
                  + (lost ? " lost_at = COALESCE(lost_at, ?)" : " lost_at = NULL")
                  + " WHERE id = ?")) {
        update.setLong(1, at.toEpochMilli());
        if (lost) {
          update.setLong(2, at.toEpochMilli());
        }
        update.setLong(lost ? 3 : 2, segment.row());
        return update.executeUpdate();
      }
    });
  }

  private List<Known> select(String sql, long... parameters) {
    return database.read(connection -> {
      List<Known> segments = new ArrayList<>();
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        for (int i = 0; i < parameters.length; i++) {
          select.setLong(i + 1, parameters[i]);
        }
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            segments.add(segment(row));
          }
        }
      }
      return segments;
    });
  }

  private static Known segment(ResultSet row) throws SQLException {
    byte[] key = row.getBytes("data_key");
    byte[] salt = row.getBytes("salt");
    long scrubbedAt = row.getLong("scrubbed_at");
    Optional<Instant> scrubbed =
        row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(scrubbedAt));
    return new Known(
        row.getLong("id"),
        new SegmentRef(
            Digest.of(row.getBytes("hash")),
            key == null || salt == null
                ? Optional.empty()
                : Optional.of(new Sealing(DataKeyId.of(key), Digest.of(salt)))),
        row.getInt("size_bytes"),
        scrubbed,
        row.getObject("lost_at") != null);
  }
}
